import { expect, onTestFinished, test } from 'vitest';
import { decodeFrames, FrameType, MESSAGE_BYTES_MAX, wrapPayload } from './frame.ts';
import { MessagePool, POISON, setPoisoning } from './message-pool.ts';

test('a long message is written where one stood that nobody reads any more', () => {
  const pool = new MessagePool(1);
  const first = pool.take(20_000);
  const second = pool.take(20_000);
  expect(second.buffer).not.toBe(first.buffer);
  pool.give(first);
  expect(pool.take(30_000).buffer).toBe(first.buffer);
});

test('no message holds more than four times its bytes', () => {
  const pool = new MessagePool(1);
  for (let length = 1; length <= MESSAGE_BYTES_MAX; length += 97) {
    const { buffer } = pool.take(length);
    expect(buffer.byteLength).toBeLessThanOrEqual(length < 8_192 ? length : 66_560);
    expect(buffer.byteLength / length).toBeLessThan(4.1);
    pool.give(new Uint8Array(buffer));
  }
});

test('a buffer is given back once: two takers never have the same one', () => {
  const pool = new MessagePool(4);
  const message = pool.take(20_000);
  pool.give(message);
  pool.give(message);
  expect(pool.take(20_000).buffer).not.toBe(pool.take(20_000).buffer);
});

test('what another pool lent is not taken', () => {
  const pool = new MessagePool(4);
  pool.give(new MessagePool(4).take(20_000));
  expect(pool.free).toBe(0);
});

test('keeps nothing that has not been of use for some looks', () => {
  const pool = new MessagePool(4);
  pool.give(pool.take(20_000));
  for (let looks = 0; looks < 3; looks += 1) pool.look();
  expect(pool.free).toBe(1);
  pool.give(pool.take(20_000));
  for (let looks = 0; looks < 4; looks += 1) pool.look();
  expect(pool.free).toBe(0);
});

test('who reads a buffer after it was given back sees that at once', () => {
  const pool = new MessagePool(1);
  const late = pool.take(20_000).fill(7);
  pool.give(late);
  expect(new Set(late)).toEqual(new Set([POISON]));
  setPoisoning(false);
  onTestFinished(() => setPoisoning(true));
  const unharmed = pool.take(20_000).fill(7);
  pool.give(unharmed);
  expect(new Set(unharmed)).toEqual(new Set([7]));
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
