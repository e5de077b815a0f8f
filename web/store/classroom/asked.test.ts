import { expect, test, vi } from 'vitest';
import { Asked } from './asked.ts';

function answered() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { send: () => promise, resolve, reject };
}

test('what was asked for is shown at once, and what the server has told once it has answered', async () => {
  const onChange = vi.fn();
  const asked = new Asked<string>(onChange);
  const answer = answered();
  const asking = asked.ask('new', answer.send);
  expect([asked.over('old'), onChange.mock.calls.length]).toEqual(['new', 1]);
  answer.resolve();
  await asking;
  expect([asked.over('told'), onChange.mock.calls.length]).toEqual(['told', 2]);
});

test('what is refused is taken back, and who asked is told why', async () => {
  const asked = new Asked<boolean>(() => undefined);
  const answer = answered();
  const asking = asked.ask(true, answer.send);
  answer.reject(new Error('refused'));
  await expect(asking).rejects.toThrow('refused');
  expect(asked.over(false)).toBe(false);
});

test('of two that are under way the last one is shown, whatever becomes of the first', async () => {
  const asked = new Asked<number>(() => undefined);
  const [first, second] = [answered(), answered()];
  const asking = [asked.ask(1, first.send), asked.ask(2, second.send)] as const;
  first.reject(new Error('refused'));
  await expect(asking[0]).rejects.toThrow();
  expect(asked.over(0)).toBe(2);
  second.resolve();
  await asking[1];
  expect(asked.over(0)).toBe(0);
});
