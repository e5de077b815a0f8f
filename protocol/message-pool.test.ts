import { expect, test } from 'vitest';
import { decodeFrames, FrameType, MESSAGE_BYTES_MAX, wrapPayload } from './frame.ts';
import { MessagePool } from './message-pool.ts';

test('a long message is written where one stood that nobody reads any more', () => {
  const pool = new MessagePool(1);
  const first = pool.take(20_000);
  const second = pool.take(20_000);
  expect(second.buffer).not.toBe(first.buffer);
  pool.give(first);
  expect(pool.take(MESSAGE_BYTES_MAX).buffer).toBe(first.buffer);
});

test('keeps no more than its limit', () => {
  const pool = new MessagePool(1);
  const messages = [pool.take(20_000), pool.take(20_000)];
  for (const message of messages) pool.give(message);
  expect(pool.free).toBe(1);
});

test('short messages, longer ones than there are, and those of others have buffers of their own', () => {
  const pool = new MessagePool(4);
  for (const message of [pool.take(8_191), pool.take(MESSAGE_BYTES_MAX + 1), new Uint8Array(20_000)])
    pool.give(message);
  expect(pool.free).toBe(0);
});

test('a payload is wrapped in its frame where it lies, each time its buffer comes round', () => {
  const pool = new MessagePool(1);
  for (const stream of [1, 3]) {
    const payload = pool.takePayload(30_000).fill(stream);
    const frame = { type: FrameType.DATA, seq: 1, stream, payload };
    const message = wrapPayload(frame);
    expect(message?.buffer).toBe(payload.buffer);
    expect(decodeFrames(message as Uint8Array)).toEqual([frame]);
    expect(wrapPayload(frame)).toBeUndefined();
    pool.give(message as Uint8Array<ArrayBuffer>);
  }
});
