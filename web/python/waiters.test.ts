import { expect, test } from 'vitest';
import { Waiters, Woken } from './waiters.ts';

function createWaiters() {
  const ready = new Set<number>();
  // Node hands on many messages in one turn of its event loop, where a browser hands on one.
  const waiters = new Waiters((fd) => ready.has(fd), setImmediate);
  return { waiters, ready };
}

test('what is ready already does not wait', async () => {
  const { waiters, ready } = createWaiters();
  ready.add(3);
  const id = waiters.wait([3, 1], -1, true, 0);
  await waiters.promise(id);
  expect(waiters.take(id)).toBe(Woken.Ready);
  expect(waiters.has(id)).toBe(false);
});

test('readiness of any descriptor wakes it', async () => {
  const { waiters, ready } = createWaiters();
  const id = waiters.wait([3, 1, 4, 1], -1, false, 0);
  ready.add(4);
  waiters.recheck();
  await waiters.promise(id);
  expect(waiters.take(id)).toBe(Woken.Ready);
});

test('a deadline is never met early', async () => {
  const { waiters } = createWaiters();
  const start = performance.now();
  const id = waiters.wait(undefined, 5.2, false, 0);
  await waiters.promise(id);
  expect(waiters.take(id)).toBe(Woken.TimedOut);
  expect(performance.now() - start).toBeGreaterThanOrEqual(5.2);
});

test('a signal wakes the main thread alone, and one that comes first is found', async () => {
  const { waiters } = createWaiters();
  const other = waiters.wait([3, 1], -1, false, 64);
  const main = waiters.wait([3, 1], -1, true, 32);
  waiters.signal(2);
  await waiters.promise(main);
  expect(waiters.take(main)).toBe(Woken.Signalled);
  expect(waiters.blocked().map(({ site }) => site)).toEqual([64]);
  const next = waiters.wait([3, 1], -1, true, 0);
  expect(waiters.take(next)).toBe(Woken.Signalled);
  expect(waiters.takeSignal()).toBe(2);
  waiters.drop(other);
});

test('a tick is a turn of the event loop, not a microtask', async () => {
  const { waiters } = createWaiters();
  let isTicked = false;
  const ticked = waiters.promise(waiters.tick()).then(() => {
    isTicked = true;
  });
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  expect(isTicked).toBe(false);
  await ticked;
  expect(isTicked).toBe(true);
});

test('what is always ready lets messages and timers in', async () => {
  const { waiters, ready } = createWaiters();
  ready.add(3);
  let isIn = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    isIn = true;
    port1.close();
  };
  port2.postMessage(0);
  let hasTimedOut = false;
  const timed = waiters.wait(undefined, 5, false, 0);
  void waiters.promise(timed).then(() => {
    hasTimedOut = true;
  });
  const start = performance.now();
  while (!isIn || !hasTimedOut) {
    if (performance.now() - start > 2_000) throw new Error('it starves');
    const id = waiters.wait([3, 4], -1, true, 0);
    await waiters.promise(id);
    waiters.take(id);
  }
  expect(waiters.take(timed)).toBe(Woken.TimedOut);
});

test('threads that wake each other let messages in', async () => {
  const { waiters } = createWaiters();
  let isIn = false;
  setTimeout(() => {
    isIn = true;
  });
  const start = performance.now();
  while (!isIn) {
    if (performance.now() - start > 2_000) throw new Error('it starves');
    const id = waiters.wait(undefined, -1, false, 0);
    waiters.settle(id, Woken.Ready);
    await waiters.promise(id);
    waiters.take(id);
  }
  expect(waiters.blocked()).toEqual([]);
});

test('an answer that comes while a signal is dealt with is there afterwards', async () => {
  const { waiters } = createWaiters();
  const id = waiters.pending(0, true);
  waiters.signal(2);
  await waiters.promise(id);
  expect(waiters.take(id)).toBe(Woken.Signalled);
  expect(waiters.takeSignal()).toBe(2);
  waiters.settle(id, 'EADDRINUSE');
  waiters.again(id);
  await waiters.promise(id);
  expect(waiters.take(id)).toBe('EADDRINUSE');
  expect(waiters.has(id)).toBe(false);
});

test('a process that is over wakes nobody', async () => {
  const { waiters } = createWaiters();
  const id = waiters.wait(undefined, -1, true, 32);
  const woken = waiters.promise(id).then(() => 'woken');
  waiters.stop();
  waiters.settle(id, Woken.Ready);
  waiters.signal(2);
  expect(await Promise.race([woken, Promise.resolve('not')])).toBe('not');
  expect(waiters.blocked()).toEqual([]);
});
