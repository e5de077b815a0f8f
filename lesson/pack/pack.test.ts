import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlaygroundError } from '../../protocol/errors.ts';
import { SMALL_PACK } from '../testing/small-pack.ts';
import { formatPackFile, PACK_BYTES_MAX, parsePack, parsePackFile } from './pack.ts';

type Json = Record<string, unknown>;
const files = (changes: Record<string, string | undefined> = {}): Map<string, string> =>
  new Map(
    Object.entries({ ...SMALL_PACK, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
const lesson = (): Json => JSON.parse(SMALL_PACK['hello/lesson.json'] as string);

/** The lesson with its step changed. */
function withStep(change: Json): Record<string, string> {
  const whole = lesson();
  const [step] = whole['steps'] as Json[];
  return { 'hello/lesson.json': JSON.stringify({ ...whole, steps: [{ ...step, ...change }] }) };
}
const withCheck = (check: unknown): Record<string, string> => withStep({ check });
const withText = (from: string | RegExp, to: string): Record<string, string> => ({
  'hello/en.md': (SMALL_PACK['hello/en.md'] as string).replace(from, to),
});

function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === 'LESSONS_INVALID') return error.message;
    throw error;
  }
  return 'accepted';
}

test('reads a pack, from its files and from one file', () => {
  const pack = parsePack(files());
  expect(pack.lessons[0]?.texts.en).toEqual({
    title: 'Say hello',
    goal: 'See who answers.',
    predict: {
      text: 'Does it answer?',
      choices: [
        { id: 'yes', text: 'It does' },
        { id: 'no', text: 'It does not' },
      ],
    },
    steps: {
      say: {
        title: 'Say hi',
        body: 'Press {ui:target.connect}.',
        met: '',
        questions: { port: { text: 'Which port is yours?', choices: [] } },
        hints: { refused: 'Nobody listens there.', late: 'Take one from the list.' },
      },
    },
    takeaway: 'It answers.',
  });
  expect(pack.lessons[0]?.files).toEqual({ 'start/server.py': 'print("hello")\n' });
  expect(parsePackFile(formatPackFile(files()))).toEqual(pack);
});

const CONNECT = { seen: { call: 'connect', as: 'c' } };
test.each([
  ['no pack', { 'pack.json': undefined }, 'pack.json: is missing'],
  ['no JSON', { 'pack.json': '{' }, /^pack\.json: is no JSON/],
  ['no lesson', { 'hello/lesson.json': undefined }, 'hello/lesson.json: is missing'],
  ['a stray file', { 'hello/notes.txt': 'x' }, 'hello/notes.txt: is nothing of this pack'],
  ['no program', { 'hello/start/server.py': undefined }, 'hello/start/server.py: is missing'],
  [
    'a long file',
    { 'hello/start/server.py': '#'.repeat(65_537) },
    'hello/start/server.py: has more than 65536 characters',
  ],
  ['an unknown field', withStep({ colour: 'red' }), 'hello/lesson.json /steps/0/colour: is not a field here'],
  ['an unknown matcher', withCheck({ looked: {} }), /^hello\/lesson\.json \/steps\/0\/check/],
  ['two matchers in one', withCheck({ ...CONNECT, run: ['a.py', 'ended'] }), /^hello\/lesson\.json \/steps\/0\/check/],
  ['an unknown call', withCheck({ seen: { call: 'dial' } }), /^hello\/lesson\.json \/steps\/0\/check\/seen\/call/],
  [
    'a wrong escape',
    withCheck({ seen: { call: 'send', bytes: { equals: '\\q' } } }),
    'hello/lesson.json /steps/0/check/seen: no escape \\q',
  ],
  [
    'a name of nothing',
    withCheck({ seen: { call: 'send', on: '$x' } }),
    'hello/lesson.json /steps/0/check/seen: $x is named nowhere before',
  ],
  [
    'a state of nothing',
    withCheck({ state: ['$x', 'CLOSED'] }),
    'hello/lesson.json /steps/0/check/state: $x is named nowhere before',
  ],
  [
    'a question of nothing',
    withCheck({ answer: ['x', 1] }),
    'hello/lesson.json /steps/0/check/answer: there is no question "x" in this step',
  ],
  [
    'a value of nothing',
    withCheck({ answer: ['port', '$c.port'] }),
    'hello/lesson.json /steps/0/check/answer: "$c.port" is no value',
  ],
  [
    'none alone',
    withCheck({ none: { call: 'send' } }),
    'hello/lesson.json /steps/0/check/none: has to stand beside another check, in an `all`',
  ],
  [
    'nothing but none',
    withCheck({ all: [{ none: { call: 'send' } }] }),
    'hello/lesson.json /steps/0/check/all: has nothing but `none`',
  ],
  ['not of a call', withCheck({ not: CONNECT }), 'hello/lesson.json /steps/0/check/not: takes state, queue or run'],
  [
    'two clocks',
    withCheck({ order: [{ call: 'send' }, { call: 'recv', from: 'server.py' }] }),
    'hello/lesson.json /steps/0/check/order: compares the times of Play and of a program: these are two clocks',
  ],
  [
    'two programs',
    withCheck({
      order: [
        { call: 'send', from: 'client.py' },
        { call: 'recv', from: 'server.py' },
      ],
    }),
    'hello/lesson.json /steps/0/check/order: compares the times of two programs: each returns from its calls when it gets to run',
  ],
  [
    'too deep',
    withCheck({ all: [{ all: [{ all: [{ all: [{ all: [{ all: [CONNECT] }] }] }] }] }] }),
    /is deeper than 6$/,
  ],
  ['too much', withCheck({ all: Array(16).fill({ all: Array(5).fill(CONNECT) }) }), /has more than 64 parts$/],
  [
    'a hint by nothing',
    withStep({ hints: [{ id: 'late' }] }),
    'hello/lesson.json /steps/0/hints/0: is raised either by `when` or by `after`',
  ],
  [
    'no hint by outcome',
    withStep({ hints: [{ id: 'late', after: 20 }], wrong: [] }),
    'hello/lesson.json /steps/0/hints: has to have a hint by what went wrong and one by time',
  ],
  [
    'a wrong path to no hint',
    withStep({ wrong: [{ hint: 'late', actions: [] }] }),
    'hello/lesson.json /steps/0/wrong/0/hint: no hint "late" of this step has a `when`',
  ],
  [
    'a wait for nothing',
    withStep({ solution: [{ wait: { seen: { call: 'recv', on: '$x' } } }] }),
    'hello/lesson.json /steps/0/solution/0/wait/seen: $x is named nowhere before',
  ],
  [
    'a peer of nothing',
    withCheck({ peer: ['asks', 'passed'] }),
    'hello/lesson.json /steps/0: there is no peer "asks" in this step',
  ],
  [
    'a peer that a solution has and the step has not',
    withStep({ solution: [{ peer: 'asks' }] }),
    'hello/lesson.json /steps/0: there is no peer "asks" in this step',
  ],
  [
    'a wrong escape in a script',
    withStep({ peers: [{ id: 'asks', port: 8080, script: [{ sendSlowly: ['\\q', 1] }] }] }),
    'hello/lesson.json /steps/0/peers/0/script: no escape \\q',
  ],
  [
    'a send behind the FIN of a peer',
    withStep({ peers: [{ id: 'asks', port: 8080, script: [{ end: true }, { send: 'x' }] }] }),
    'hello/lesson.json /steps/0/peers/0/script: sends behind its own end',
  ],
  [
    'an action that no peer has',
    withStep({ peers: [{ id: 'asks', port: 8080, script: [{ shout: 'x' }] }] }),
    /^hello\/lesson\.json \/steps\/0\/peers\/0\/script\/0\/shout/,
  ],
  ['an empty hint', withText('Nobody listens there.', ''), 'hello/en.md ### say hint refused: is empty'],
  ['a hint without words', withText(/### hint late[^#]*/, ''), 'hello/en.md ### say hint late: is missing'],
  ['words of no hint', withText('hint late', 'hint other'), 'hello/en.md ### say hint late: is missing'],
  [
    'words of nothing',
    withText('## takeaway', '## other\nx\n## takeaway'),
    'hello/en.md ## other: is nothing of this lesson',
  ],
  ['no takeaway', withText('## takeaway', ''), 'hello/en.md ## takeaway: is missing'],
  [
    'another choice',
    withText('- no |', '- maybe |'),
    'hello/en.md ## predict: has the choices maybe,yes, the lesson has no,yes',
  ],
  ['an unnamed part', withText('### hint late', '### late'), 'hello/en.md ### late: is no part of a step'],
] as const)('refuses %s, and says where', (_, changes, message) => {
  const said = refusalOf(() => parsePack(files(changes)));
  if (typeof message === 'string') expect(said).toBe(message);
  else expect(said).toMatch(message);
});

test('refuses a language that is not complete', () => {
  const head = JSON.parse(SMALL_PACK['pack.json'] as string);
  const both = { ...head, languages: ['en', 'zh-CN'], titles: { ...head.titles, 'zh-CN': head.titles.en } };
  const said = refusalOf(() => parsePack(files({ 'pack.json': JSON.stringify(both) })));
  expect(said).toBe('hello/zh-CN.md: is missing');
});

test('refuses what nests without end, and what is too long', () => {
  const deep = `${'{"all":['.repeat(5_000)}${']}'.repeat(5_000)}`;
  expect(refusalOf(() => parsePack(files({ 'hello/lesson.json': deep })))).toMatch(/nested deeper/);
  expect(refusalOf(() => parsePackFile(`"${'a'.repeat(PACK_BYTES_MAX)}"`))).toMatch(/more than 2097152 bytes/);
  expect(refusalOf(() => parsePackFile(`"${'你'.repeat(PACK_BYTES_MAX / 3 + 1)}"`))).toMatch(/more than 2097152 bytes/);
});

const WHOLE = formatPackFile(files());
/** One change of a text: some of it left out, doubled, or replaced. */
const mutation = fc.tuple(
  fc.nat(),
  fc.nat(40),
  fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('"', '{', '[', '\\', '$c', '##', '0', 'null')),
);
const RUNS = Number(process.env['PACK_RUNS'] ?? 1_000);

test('no mutated pack does anything else than be read or be refused', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean(), (mutations, isInside) => {
      const texts = new Map(files());
      let text = WHOLE;
      for (const [at, length, replacement] of mutations) {
        if (isInside) {
          const path = [...texts.keys()][at % texts.size] as string;
          const old = texts.get(path) as string;
          const start = at % (old.length + 1);
          texts.set(path, old.slice(0, start) + replacement + old.slice(start + length));
          text = formatPackFile(texts);
        } else {
          const start = at % text.length;
          text = text.slice(0, start) + replacement + text.slice(start + length);
        }
      }
      refusalOf(() => parsePackFile(text));
    }),
    { numRuns: RUNS },
  );
}, 600_000);

test('2 MiB are read in 200 ms', () => {
  const head = JSON.parse(SMALL_PACK['pack.json'] as string);
  const ids = Array.from({ length: 64 }, (_, index) => `hello-${index}`);
  const whole = new Map([['pack.json', JSON.stringify({ ...head, parts: [{ id: 'one', lessons: ids }] })]]);
  const long = 'It answers, and so on. '.repeat(175);
  for (const id of ids) {
    const steps = Array.from({ length: 4 }, (_, index) => ({
      ...(lesson()['steps'] as Json[])[0],
      id: `say-${index}`,
    }));
    whole.set(`${id}/lesson.json`, JSON.stringify({ ...lesson(), id, steps }));
    whole.set(`${id}/start/server.py`, '# and so on\n'.repeat(900));
    const [start = '', step = '', end = ''] = (SMALL_PACK['hello/en.md'] as string).split(/(?=## say)|(?=## takeaway)/);
    const texts = steps.map((each) => step.replace('## say', `## ${each.id}`).replace('Press', `${long}Press`));
    whole.set(`${id}/en.md`, start + texts.join('') + end);
  }
  const text = formatPackFile(whole);
  expect(text.length).toBeGreaterThan(PACK_BYTES_MAX * 0.85);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    // The thread's own processor time: what else runs on the machine is not the reader's.
    const began = process.threadCpuUsage();
    parsePackFile(text);
    const { user, system } = process.threadCpuUsage(began);
    best = Math.min(best, (user + system) / 1_000);
  }
  expect(best).toBeLessThan(200);
});
