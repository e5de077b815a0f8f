import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PackLesson } from '../../../lesson/pack/pack.ts';
import { parsePack } from '../../../lesson/pack/pack.ts';
import { LESSONS_FOLDER, readPackFolder } from '../../../lesson/testing/pack-folder.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import type { RunningPlayground } from '../../../server/start-playground.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { openTestPage } from '../testing/test-page.ts';
import { Learning } from './learning.ts';
import { type LessonRun, pageOf } from './lesson-run.ts';
import { ProgressStore } from './progress-store.ts';
import { Solution } from './solution.ts';

const PACK = parsePack(readPackFolder(LESSONS_FOLDER));

let server: RunningPlayground;
beforeAll(async () => {
  server = await startTestPlayground();
});
afterAll(() => server.close());

/** A tab that learns, without a browser: steps in programs are passed over. */
function openTab(stored: { text?: string } = {}) {
  const playground = openTestPage(server.url);
  const learning = new Learning({
    playground,
    progress: new ProgressStore({
      read: () => (stored.text === undefined ? undefined : JSON.parse(stored.text)),
      write: (progress) => {
        stored.text = JSON.stringify(progress);
        return true;
      },
      onWritten: () => undefined,
    }),
    now: () => performance.timeOrigin + performance.now(),
    canRunPrograms: false,
    load: async () => PACK,
    loadServed: async () => undefined,
    own: undefined,
    keepOwn: () => undefined,
  });
  const open = async (lesson: string, step?: string): Promise<LessonRun> => {
    await until(playground, () => playground.lab().length > 0);
    await learning.load('en');
    const run = learning.open(lesson, step);
    if (!run) throw new Error(`no lesson ${lesson}`);
    return run;
  };
  /** Judges at each change until it holds; what holds for a while changes nothing. */
  const judged = async (run: LessonRun, holds: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      run.update();
      if (holds()) resolve();
    };
    const stop = playground.subscribe(look);
    const timer = setInterval(look, 20);
    await promise;
    stop();
    clearInterval(timer);
  };
  return { playground, learning, open, judged, close: () => playground.client.leave() };
}
let tab: ReturnType<typeof openTab>;
beforeEach(() => {
  tab = openTab();
  return () => tab.close();
});

const lab = (name: string) => {
  const found = tab.playground.lab().find((each) => each.name === name);
  if (!found) throw new Error(`no lab server ${name}`);
  return found;
};
const connect = (name: string) => tab.playground.connect('tcp', lab(name).host, lab(name).port);

test('a solution goes on where its socket was refused', async () => {
  const run = await tab.open('bytes');
  const step = run.current;
  if (!step) throw new Error('no step');
  const shown: string[] = [];
  const solution = new Solution(run, {
    playground: tab.playground,
    workbench: () => Promise.reject(new Error('no programs here')),
    sourceAt: () => undefined,
    mayRun: true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    signal: new AbortController().signal,
    onSocket: (socket) => shown.push(String(socket.isOver)),
  });
  const connected = { connect: { host: '127.0.0.1', port: 9, as: 'gone' } } as const;
  await solution.play({ ...step, solution: [connected, { send: ['$gone', 'x'] }, { halfClose: '$gone' }] });
  expect(shown).toEqual(['false', 'true', 'true']);
});

/** Lessons that have a step on Play, but those that wait for minutes or need the queue of a whole class. */
const PLAYED = PACK.lessons.filter(({ lesson }) => lesson.steps.some((step) => pageOf(lesson, step) === 'play'));

describe('the solution of each step on Play, by the store and the real server', () => {
  test.each(PLAYED.map((content) => [content.lesson.id, content] as const))(
    '%s',
    async (id, { lesson }: PackLesson) => {
      const run = await tab.open(id);
      const controller = new AbortController();
      const solution = new Solution(run, {
        playground: tab.playground,
        workbench: () => Promise.reject(new Error('no programs here')),
        sourceAt: () => undefined,
        mayRun: true,
        pause: (span) => new Promise((resolve) => setTimeout(resolve, Math.min(span, 20))),
        signal: controller.signal,
      });
      run.update();
      while (run.current) {
        const step = run.current;
        // Those need a program that runs.
        if (id === 'http' && step.id !== 'length') break;
        run.setShowing(true);
        await solution.play(step);
        await tab.judged(run, () => run.current?.id !== step.id);
        expect(run.stateOf(step.id).kind, step.id).toBe('shown');
      }
      const states = lesson.steps.map((step) => run.stateOf(step.id).kind);
      if (id !== 'http') expect(new Set([...states, 'shown', 'skipped'])).toEqual(new Set(['shown', 'skipped']));
      const done = lesson.steps.filter((step) => run.stateOf(step.id).kind === 'shown').map((step) => step.id);
      expect([...tab.learning.progress.doneSteps('sockets', lesson)]).toEqual(done);
    },
  );
});

test('a socket of the lesson before meets nothing, a new one does', async () => {
  const { playground, open, judged } = tab;
  await until(playground, () => playground.lab().length > 0);
  const stale = connect('Timestamp echo');
  await until(stale, () => stale.isOpened);
  const run = await open('endpoint');
  stale.send(encodeUtf8('hello'));
  await until(stale, () => stale.received.length > 0);
  run.update();
  expect(run.current?.id).toBe('connect');
  stale.close();
  connect('Timestamp echo');
  await judged(run, () => run.current?.id === 'own-port');
});

test('the next lesson finds the servers free that the one before has used', async () => {
  const { playground, open, judged } = tab;
  await until(playground, () => playground.lab().length > 0);
  const own = connect('Raw echo');
  const first = await open('endpoint');
  const held = connect('Timestamp echo');
  await judged(first, () => first.current?.id === 'own-port');
  const second = await open('calls');
  const socket = connect('Timestamp echo');
  socket.send(encodeUtf8('hello python'));
  await judged(second, () => second.current?.id === 'numbers');
  expect([held.isOver, own.isOver]).toEqual([true, false]);
});

test('a wrong answer meets nothing and raises its hint; the right one does', async () => {
  const { open, judged } = tab;
  const run = await open('endpoint');
  const socket = connect('Timestamp echo');
  await judged(run, () => run.current?.id === 'own-port');
  run.answer('own-port', socket.remote?.port ?? 0);
  expect([run.current?.id, run.hints, run.isWrong('own-port')]).toEqual(['own-port', ['theirs'], true]);
  run.answer('own-port', 1);
  expect([run.current?.id, run.isWrong('own-port')]).toEqual(['own-port', true]);
  run.answer('own-port', socket.local?.port ?? 0);
  expect(run.current?.id).toBe('again');
  expect(run.stateOf('own-port')).toMatchObject({ kind: 'met', evidence: [{ kind: 'answer', question: 'own-port' }] });
});

test('what is answered and done ahead of its step counts for no step', async () => {
  const { open, judged } = tab;
  const run = await open('endpoint');
  run.answer('own-port', 1);
  expect(run.current?.id).toBe('connect');
  connect('Timestamp echo');
  await judged(run, () => run.current?.id === 'own-port');
  expect(run.stateOf('again').kind).toBe('later');
});

test('after a reload in mid-step the steps before are done, and a new connection has their names', async () => {
  const stored: { text?: string } = {};
  const first = openTab(stored);
  const before = await first.open('endpoint');
  const { host, port } = first.playground.lab().find(({ name }) => name === 'Timestamp echo') ?? { host: '', port: 0 };
  first.playground.connect('tcp', host, port);
  await first.judged(before, () => before.current?.id === 'own-port');
  first.close();

  const again = openTab(stored);
  const run = await again.open('endpoint');
  run.update();
  expect([run.stateOf('connect').kind, run.current?.id]).toEqual(['before', 'own-port']);
  const socket = again.playground.connect('tcp', host, port);
  await until(socket, () => socket.isOpened);
  run.update();
  run.answer('own-port', socket.local?.port ?? 0);
  expect(run.current?.id).toBe('again');
  again.close();
});

test('a link to a later step begins there; an attempt that starts again begins at the first and keeps what was done', async () => {
  const { open, judged, learning } = tab;
  const run = await open('stream', 'slices');
  expect([run.stateOf('join').kind, run.current?.id]).toEqual(['before', 'slices']);
  expect(learning.progress.of('sockets', 'stream')).toBeUndefined();
  const socket = connect('Trouble');
  socket.send(encodeUtf8('slice 3\n'));
  socket.send(encodeUtf8('abcdefghi'));
  await judged(run, () => run.current === undefined);
  run.startAgain();
  run.update();
  expect(run.current?.id).toBe('join');
  expect([...learning.progress.doneSteps('sockets', run.lesson)]).toEqual(['slices']);
});

test('a step that another tab has done is passed over', async () => {
  const { open, learning } = tab;
  const run = await open('endpoint');
  const done = { rev: 1, at: 5, hints: 0, shown: false, tries: 0 };
  learning.progress.addStep({ pack: 'sockets', lesson: 'endpoint', step: 'connect' }, done);
  run.update();
  expect([run.stateOf('connect').kind, run.current?.id]).toEqual(['before', 'own-port']);
});

test('a recording that is opened is no fact', async () => {
  const { playground, open } = tab;
  const run = await open('endpoint');
  const target = lab('Timestamp echo');
  const local = { host: '127.0.0.1', port: 50_000 };
  const restoring = playground.restoring(Date.now(), [
    { kind: 'tcp', local, remote: { host: target.host, port: target.port }, lab: 'Timestamp echo' } as never,
  ]);
  restoring.addEvents(0, [
    {
      at: 1,
      end: 'local',
      call: 'connect',
      argument: undefined,
      direction: undefined,
      offset: 0,
      count: 0,
      text: '127.0.0.1:8009',
      error: undefined,
      took: 1,
    },
  ]);
  restoring.show();
  run.update();
  expect(run.current?.id).toBe('connect');
});
