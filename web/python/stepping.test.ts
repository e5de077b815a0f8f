import { expect, test } from 'vitest';
import { Stepping } from './stepping.ts';
import { Waiters, Woken } from './waiters.ts';

function createSteps() {
  const waiters = new Waiters(() => false);
  let changes = 0;
  const steps = new Stepping(waiters, () => {
    changes += 1;
  });
  return { waiters, steps, changes: () => changes };
}

test('each press lets the thread go on that has stood longest', async () => {
  const { waiters, steps } = createSteps();
  steps.pause();
  const [first, second] = [steps.stand(true, 65), steps.stand(false, 97)];
  steps.next();
  await waiters.promise(first);
  expect(waiters.take(first)).toBe(Woken.Ready);
  expect([steps.has(first), steps.has(second)]).toEqual([false, true]);
  steps.next();
  await waiters.promise(second);
  expect(waiters.take(second)).toBe(Woken.Ready);
});

test('who goes on lets all go that stand, and nobody stands any more', async () => {
  const { waiters, steps } = createSteps();
  steps.pause();
  const stops = [steps.stand(true, 65), steps.stand(false, 97)];
  steps.resume();
  for (const stop of stops) {
    await waiters.promise(stop);
    expect(waiters.take(stop)).toBe(Woken.Ready);
  }
  expect(steps.isOn).toBe(false);
});

test('Ctrl+C reaches the main thread where it stands', async () => {
  const { waiters, steps } = createSteps();
  steps.pause();
  const stop = steps.stand(true, 65);
  waiters.signal(2);
  await waiters.promise(stop);
  expect(waiters.take(stop)).toBe(Woken.Signalled);
  steps.left(stop);
  expect(steps.has(stop)).toBe(false);
});

test('a press while nobody stands is not kept for later', () => {
  const { waiters, steps } = createSteps();
  steps.pause();
  steps.next();
  const stop = steps.stand(true, 65);
  expect(waiters.blocked()).toMatchObject([{ id: stop, site: 65 }]);
});

test('each change is told', () => {
  const { steps, changes } = createSteps();
  steps.pause();
  const stop = steps.stand(true, 65);
  steps.left(stop);
  steps.left(stop);
  expect(changes()).toBe(3);
});
