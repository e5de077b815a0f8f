import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parsePack } from '../lesson/pack/pack.ts';
import { readPackFolder } from '../lesson/testing/pack-folder.ts';
import { checkPack } from './check.ts';
import { TEMPLATE } from './scaffold.ts';

vi.setConfig({ testTimeout: 60_000 });

type Json = Record<string, unknown>;
const FILES = readPackFolder(TEMPLATE);
const LESSON = 'hello/lesson.json';

/** The small pack with its step changed. */
function packWith(change: Json) {
  const lesson = JSON.parse(FILES.get(LESSON) ?? '') as { steps: Json[] };
  return parsePack(
    new Map(FILES).set(LESSON, JSON.stringify({ ...lesson, steps: [{ ...lesson.steps[0], ...change }] })),
  );
}
async function checked(change: Json, only = '') {
  const lines: string[] = [];
  const options = {
    only,
    repeat: 1,
    slow: 0,
    queue: 'kernel',
    pages: 'both',
    share: [1, 1],
    also: [],
    lanes: 2,
  } as const;
  const print = (line: string): void => void lines.push(line.replace(/ \(\d.*/, ''));
  const outcome = await checkPack(packWith(change), { ...options, patience: 5_000, print });
  return { outcome, lines: lines.toSorted((one, other) => (one < other ? -1 : 1)) };
}
const connect = (fields: Json) => ({ connect: { ...fields, as: 'x' } });

test('a pack that holds: its solution on Play and its wrong path', async () => {
  expect(await checked({})).toEqual({
    outcome: { proved: 2, failed: 0, leftOut: 0 },
    lines: ['ok     hello/say: the wrong path of "refused"', 'ok     hello: the solution on Play'],
  });
});

test('nothing is tried of lessons that were not asked for', async () => {
  expect((await checked({}, 'other')).outcome).toEqual({ proved: 0, failed: 0, leftOut: 0 });
});

test('a solution that does not meet its step says what is waited for', async () => {
  const solution = [{ connect: { lab: 'Raw echo', as: 'c' } }, { send: ['$c', 'ho'] }];
  const options = {
    only: '',
    repeat: 1,
    slow: 0,
    queue: 'kernel',
    pages: 'play',
    share: [1, 1],
    also: [],
    lanes: 2,
  } as const;
  const lines: string[] = [];
  await checkPack(packWith({ solution, wrong: [] }), {
    ...options,
    patience: 500,
    print: (line) => void lines.push(line),
  });
  expect(lines).toEqual([
    'FAILED hello: the solution on Play: say is not met by its solution: it waits for {"stream":["$c","received",{"equals":"hi"}]}',
  ]);
});

test.each([
  [
    'a hint that stands there before anything was done',
    {
      hints: [
        { id: 'refused', when: { not: { run: ['a.py', 'running'] } } },
        { id: 'late', after: 40 },
      ],
      wrong: [],
    },
    'FAILED hello: the solution on Play: say has the hint refused before anything was done',
  ],
  [
    'a check that holds before its solution',
    { check: { not: { run: ['a.py', 'running'] } }, wrong: [] },
    'FAILED hello: the solution on Play: say is met before its solution',
  ],
  [
    'a wrong path that meets its step',
    {
      check: { seen: { call: 'connect', as: 'c' } },
      wrong: [{ hint: 'refused', actions: [connect({ lab: 'Discard' })] }],
    },
    'FAILED hello/say: the wrong path of "refused": say is met by it',
  ],
  [
    'a wrong path that raises another hint besides',
    {
      hints: [
        { id: 'refused', when: { seen: { call: 'connect', error: 'ECONNREFUSED' } } },
        { id: 'any', when: { seen: { call: 'connect', error: 'any' } } },
        { id: 'late', after: 40 },
      ],
    },
    'FAILED hello/say: the wrong path of "refused": raises refused and any',
  ],
])('%s', async (_, change, failure) => {
  // The words of one more hint.
  const words = FILES.get('hello/en.md') ?? '';
  const hasMore = JSON.stringify(change).includes('"any"');
  FILES.set('hello/en.md', hasMore ? words.replace('### hint late', '### hint any\nSomething.\n### hint late') : words);
  const { lines, outcome } = await checked(change);
  FILES.set('hello/en.md', words);
  expect(lines).toContain(failure);
  expect(outcome.failed).toBe(1);
});

test('a wrong path without actions is left out and said', async () => {
  const { lines, outcome } = await checked({ wrong: [{ hint: 'refused', actions: [] }] });
  expect(lines).toContain('-      hello/say: the wrong path of "refused" has no actions');
  expect(outcome).toEqual({ proved: 1, failed: 0, leftOut: 1 });
});

test('the example of docs/lessons.md is the pack that a lesson begins with', () => {
  const text = readFileSync(new URL('../docs/lessons.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```(?:json|markdown)\n([\s\S]*?)```/g)].map(([, block]) => block);
  const shown = (path: string): unknown => {
    const file = FILES.get(path) ?? '';
    return path.endsWith('.json') ? JSON.parse(file) : file;
  };
  const told = blocks.map((block = '') => (block.startsWith('{') ? JSON.parse(block) : block));
  for (const path of FILES.keys()) expect(told).toContainEqual(shown(path));
});
