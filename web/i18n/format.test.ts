import { expect, test } from 'vitest';
import { formatByteCount, formatSince, formatSpan, plural } from './format.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_540, '1.54 kB'],
  [65_536, '65.5 kB'],
  [999_499, '999 kB'],
  [999_999, '1 MB'],
  [20_000_000, '20 MB'],
  [1_250_000_000, '1.25 GB'],
])('%i bytes are %s', (count, text) => {
  expect(formatByteCount(count)).toBe(text);
});

test.each([
  [0, '0 µs'],
  [334, '334 µs'],
  [999, '999 µs'],
  [12_870, '12.9 ms'],
  [999_999, '1 s'],
  [2_412_000, '2.41 s'],
  [59_940_000, '59.9 s'],
  [59_990_000, '1 min 0 s'],
  [185_000_000, '3 min 5 s'],
])('%i µs are %s', (span, text) => {
  expect(formatSpan(span)).toBe(text);
});

test.each([
  [0, '0'],
  [12_870, '+12.9 ms'],
  [-3_243_000_000, '−54 min 3 s'],
])('%i µs from the beginning are %s', (span, text) => {
  expect(formatSince(span)).toBe(text);
});

test('one is singular, all else plural', () => {
  expect([0, 1, 2].map((count) => plural(count, 'byte', 'bytes'))).toEqual(['0 bytes', '1 byte', '2 bytes']);
});
