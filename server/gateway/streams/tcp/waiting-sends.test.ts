import { expect, test } from 'vitest';
import { SHORT_SEND_MAX, WaitingSends } from './waiting-sends.ts';

const textOf = (waiting: WaitingSends) =>
  waiting
    .take()
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    .join('');

test('short sends share a buffer, which outlives the message that brought them', () => {
  const waiting = new WaitingSends();
  const message = Buffer.from('onetwothree');
  for (const [start, end] of [
    [0, 3],
    [3, 6],
    [6, 11],
  ] as const)
    waiting.add(message.subarray(start, end));
  message.fill(0);
  const [batch, ...others] = waiting.take();
  expect(others).toEqual([]);
  expect(Buffer.from(batch?.bytes ?? []).toString()).toBe('onetwothree');
  expect(batch?.lengths).toEqual([3, 3, 5]);
  expect(waiting.isEmpty).toBe(true);
});

test('a long send keeps its place between short ones', () => {
  const waiting = new WaitingSends();
  waiting.add(Buffer.from('before '));
  waiting.add(Buffer.alloc(SHORT_SEND_MAX + 1, 'L'));
  waiting.add(Buffer.from(' after'));
  expect(textOf(waiting)).toBe(`before ${'L'.repeat(SHORT_SEND_MAX + 1)} after`);
});

test('a thousand of one byte take some kilobytes', () => {
  const waiting = new WaitingSends();
  for (let sent = 0; sent < 1_000; sent += 1) waiting.add(Uint8Array.of(sent));
  const batches = waiting.take();
  expect(batches.reduce((sum, { bytes }) => sum + bytes.buffer.byteLength, 0)).toBeLessThanOrEqual(17_408);
  expect(batches.flatMap(({ lengths }) => lengths)).toHaveLength(1_000);
});
