import { expect, test } from 'vitest';
import { Waiters, Woken } from './waiters.ts';

function createWaiters() {
  const ready = new Set<number>();
  const waiters = new Waiters((fd) => ready.has(fd));
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
