import { describe, expect, test } from 'vitest';
import { createEmulatedAcceptQueues } from '../../net/emulated-accept-queue.ts';
import { libc } from '../../net/ffi/libc.ts';
import { soon, startTestLab, TUTORIAL_CTIME } from '../testing/test-lab.ts';

const NAME = 'Timestamp echo';

test('answers as the tutorial prints it, and tells every call in order on a clock that never goes back', async () => {
  const { connect } = await startTestLab();
  const client = await connect(NAME);
  client.socket.write('hello python');
  await client.until(({ text }) => expect(text).toBe(`[${TUTORIAL_CTIME}] b'hello python'`));
  client.socket.end();
  await client.until(({ events }) => expect(events.at(-1)?.call).toBe('close'));
  expect(client.calls).toEqual([
    'socket',
    'bind',
    'listen(5)',
    'print waiting for connection...',
    'accept',
    `print ...connected from: ('127.0.0.1', ${client.port})`,
    'recv(1024) → 12',
    `send → ${client.received.length}`,
    'recv(1024) → 0',
    'close',
  ]);
  const times = client.events.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('answers every recv, whatever the sends were: 2,500 bytes at once are three of 1024', async () => {
  const { connect } = await startTestLab();
  const client = await connect(NAME);
  client.socket.write('x'.repeat(2_500));
  const answer = (count: number) => `[${TUTORIAL_CTIME}] b'${'x'.repeat(count)}'`;
  await client.until(({ text }) => expect(text).toBe(answer(1_024) + answer(1_024) + answer(452)));
});

test('reads as many bytes as the learner has chosen, at once and until told otherwise', async () => {
  const { connect } = await startTestLab();
  const client = await connect(NAME);
  await client.until(({ calls }) => expect(calls).toContain('accept'));
  client.observation?.setReceiveSize(5);
  client.socket.write('hello python');
  await client.until(({ calls }) => expect(calls.filter((call) => call.startsWith('recv'))).toHaveLength(3));
  client.observation?.setReceiveSize(undefined);
  client.socket.write('hello python');
  await client.until(({ calls }) => expect(calls).toContain('recv(1024) → 12'));
  expect(client.calls.filter((call) => call.startsWith('recv'))).toEqual([
    'recv(5) → 5',
    'recv(5) → 5',
    'recv(5) → 2',
    'recv(1024) → 12',
  ]);
});

test('it is told since when the one is served, and of nobody while nobody is', async () => {
  const { connect, stats } = await startTestLab();
  expect(stats(NAME).since).toBeUndefined();
  const client = await connect(NAME);
  await client.until(({ calls }) => expect(calls).toContain('accept'));
  const accepted = client.events.find(({ call }) => call === 'accept')?.at ?? Number.POSITIVE_INFINITY;
  await soon(() => expect(stats(NAME).since).toBeGreaterThanOrEqual(accepted));
  const next = await connect(NAME);
  client.socket.end();
  await next.until(({ calls }) => expect(calls).toContain('accept'));
  const second = next.events.find(({ call }) => call === 'accept')?.at ?? Number.POSITIVE_INFINITY;
  await soon(() => expect(stats(NAME).since).toBeGreaterThanOrEqual(second));
  next.socket.end();
  await soon(() => expect(stats(NAME).since).toBeUndefined());
});

test('makes no further call while whoever looks on is behind, and goes on when told', async () => {
  const { connect } = await startTestLab();
  let isBehind = false;
  const client = await connect(NAME, { takesMore: () => !isBehind });
  await client.until(({ calls }) => expect(calls).toContain('accept'));
  isBehind = true;
  client.socket.write('one');
  await client.until(({ calls }) => expect(calls).toContain('recv(1024) → 3'));
  expect(client.text).toBe('');
  isBehind = false;
  client.observation?.resume();
  await client.until(({ text }) => expect(text).toContain("b'one'"));
});

describe.each([
  ['kernel', undefined],
  ['emulated', createEmulatedAcceptQueues],
] as const)('one client at a time, %s queue', (kind, createQueues) => {
  const skip = kind === 'kernel' && !libc;

  test.skipIf(skip)('the second is connected and unanswered, and answered when the first leaves', async () => {
    const { connect, stats, printed } = await startTestLab(createQueues?.());
    const first = await connect(NAME);
    first.socket.write('first');
    await first.until(({ text }) => expect(text).toContain("b'first'"));
    const second = await connect(NAME);
    second.socket.write('second');
    await soon(() => expect(stats(NAME)).toMatchObject({ waiting: 1, connected: 1, served: 1, max: 5 }));
    first.socket.write('again');
    await first.until(({ text }) => expect(text).toContain("b'again'"));
    expect(second.text).toBe('');
    expect(second.calls).toEqual(['socket', 'bind', 'listen(5)', 'print waiting for connection...']);
    first.socket.end();
    await second.until(({ text }) => expect(text).toContain("b'second'"));
    expect(stats(NAME)).toMatchObject({ waiting: 0, connected: 1, served: 2 });
    expect(second.calls.slice(4)).toEqual([
      'print waiting for connection...',
      'accept',
      `print ...connected from: ('127.0.0.1', ${second.port})`,
      'recv(1024) → 6',
      `send → ${second.received.length}`,
    ]);
    expect(printed.filter((line) => line.includes('connected from'))).toHaveLength(2);
  });

  test.skipIf(skip)('a client that resets ends its own turn alone', async () => {
    const { connect, stats } = await startTestLab(createQueues?.());
    const first = await connect(NAME);
    first.socket.write('first');
    await first.until(({ text }) => expect(text).toContain("b'first'"));
    first.socket.resetAndDestroy();
    await first.until(({ calls }) => expect(calls.slice(-2)).toEqual(['recv(1024) → ECONNRESET', 'close']));
    const second = await connect(NAME);
    second.socket.write('second');
    await second.until(({ text }) => expect(text).toContain("b'second'"));
    expect(stats(NAME)).toMatchObject({ connected: 1, served: 2 });
  });
});
