import { expect, test } from 'vitest';
import { keep } from './keep.ts';

test.each([
  [1, 60_000, true],
  [0, 60_000, true],
  [14_999, 60_000, true],
  [15_000, 60_000, false],
  [60_000, 60_000, false],
])('of %i bytes in a buffer of %i a copy is made: %s', (length, size, isCopied) => {
  const bytes = Buffer.alloc(size, 7).subarray(0, length);
  const kept = keep(bytes);
  expect(Buffer.from(kept)).toEqual(Buffer.from(bytes));
  expect(kept.buffer !== bytes.buffer).toBe(isCopied);
  expect(kept.buffer.byteLength).toBe(isCopied ? length : size);
});
