import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parsePack } from '../../../lesson/pack/pack.ts';
import { runPeer } from '../../../lesson/peer-run.ts';
import type { PeerAction } from '../../../lesson/schema/peer-schema.ts';
import { SMALL_PACK } from '../../../lesson/testing/small-pack.ts';
import type { RunningPlayground } from '../../../server/start-playground.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { nodeClock } from '../../../testing/ws-dial.ts';
import { scriptSocketOf } from '../script-socket.ts';
import { openTestPage } from '../testing/test-page.ts';
import { Learning } from './learning.ts';
import { ProgressStore } from './progress-store.ts';

let server: RunningPlayground;
beforeAll(async () => {
  server = await startTestPlayground({ rooms: undefined });
});
afterAll(() => server.close());

async function judged(name: string, script: readonly PeerAction[]) {
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.lab().length > 0);
  const { host, port } = page.lab().find((lab) => lab.name === name) ?? { host: '127.0.0.1', port: 1 };
  const socket = page.connect('tcp', host, port);
  return await runPeer(script, scriptSocketOf(socket), nodeClock);
}

test('the raw echo: slices, every byte, a half-close and its answer', async () => {
  const script: PeerAction[] = [
    { sendSlowly: ['\\x00\\x00\\x00\\x03one', 2] },
    { expectBytes: '\\x00\\x00\\x00\\x03one' },
    { expectSilence: 50 },
    { end: true },
    { expectEnd: 'fin' },
  ];
  expect(await judged('Raw echo', script)).toEqual({ kind: 'passed' });
});

test('the timestamp echo: a text with tokens; what is not as it answers is told with the first byte that differs', async () => {
  const hello: PeerAction = { send: 'hello python' };
  const like: PeerAction = { expectText: "[{ctime}] b'hello python'" };
  expect(await judged('Timestamp echo', [hello, like])).toEqual({ kind: 'passed' });
  expect(await judged('Raw echo', [hello, { expectBytes: 'hello pyphon' }])).toEqual({
    kind: 'failed',
    action: 1,
    why: 'differs',
    expected: 'hello pyphon',
    received: 'hello python',
    at: 8,
  });
});

test('a server that resets, and none at all', async () => {
  const reset: PeerAction[] = [
    { send: 'reset 0\\n' },
    { expectText: '{any}ok reset 0\n' },
    { send: 'x' },
    { expectEnd: 'reset' },
  ];
  expect(await judged('Trouble', reset)).toEqual({ kind: 'passed' });
  expect(await judged('nobody', [{ send: 'x' }])).toMatchObject({ kind: 'failed', action: 0, why: 'refused' });
});

/** The small pack, whose step has peers at the raw echo; `asks` expects what it answers, `errs` something else. */
function packAt(port: number) {
  const lesson = JSON.parse(SMALL_PACK['hello/lesson.json'] ?? '');
  const peers = [
    { id: 'asks', port, script: [{ send: 'one' }, { expectBytes: 'one' }] },
    { id: 'errs', port, script: [{ send: 'one' }, { expectBytes: 'two' }] },
  ];
  const check = { peer: ['asks', 'passed'] };
  const steps = [{ ...lesson.steps[0], questions: undefined, peers, check }];
  const changed = { ...lesson, start: { page: 'play' }, steps };
  const text = (SMALL_PACK['hello/en.md'] ?? '').replace(/### question port.*\n/, '');
  const files = { ...SMALL_PACK, 'hello/lesson.json': JSON.stringify(changed), 'hello/en.md': text };
  return parsePack(new Map(Object.entries(files).filter(([path]) => !path.endsWith('.py'))));
}

test('a step is met by a peer that went through its script, and by no other', async () => {
  const playground = openTestPage(server.url);
  onTestFinished(() => playground.client.leave());
  await until(playground, () => playground.lab().length > 0);
  const pack = packAt(playground.lab().find(({ name }) => name === 'Raw echo')?.port ?? 0);
  const learning = new Learning({
    playground,
    progress: new ProgressStore({ read: () => undefined, write: () => true, onWritten: () => undefined }),
    now: () => performance.timeOrigin + performance.now(),
    canRunPrograms: false,
    load: async () => pack,
    loadServed: async () => undefined,
    own: undefined,
    keepOwn: () => undefined,
  });
  await learning.load('en');
  const run = learning.open('hello');
  if (!run) throw new Error('no lesson');
  const wrong = run.tryPeer('errs');
  expect(run.outcomeOf('errs')).toBe('trying');
  await wrong;
  expect(run.outcomeOf('errs')).toMatchObject({
    kind: 'failed',
    why: 'differs',
    expected: 'two',
    received: 'one',
    at: 0,
  });
  expect(run.current?.id).toBe('say');
  await run.tryPeer('asks');
  expect(run.stateOf('say')).toMatchObject({ kind: 'met', evidence: [{ kind: 'peer', peer: 'asks' }] });
});
