import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteStream } from './byte-stream.ts';

/** Bytes that differ from their neighbours, so that a shift by any small number is seen. */
const pattern = (start: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, index) => (start + index) % 251);

test('any slice is what was appended there, across blocks and beyond the end', () => {
  const sizes = fc.array(fc.oneof(fc.nat(20), fc.nat(5_000), fc.nat(200_000)), { maxLength: 12 });
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(50), fc.nat(150_000))), { maxLength: 6 }),
      (parts, looks) => {
        const stream = new ByteStream();
        for (const size of parts) stream.append(pattern(stream.length, size));
        for (const [seed, count] of looks) {
          const offset = seed % (stream.length + 2);
          const expected = pattern(offset, Math.max(0, Math.min(count, stream.length - offset)));
          expect(Buffer.compare(stream.slice(offset, count), expected)).toBe(0);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('the blocks are the whole stream', () => {
  const stream = new ByteStream();
  for (const size of [3, 70_000, 0, 65_536, 1]) stream.append(pattern(stream.length, size));
  const blocks: Uint8Array[] = [];
  for (let block = stream.block(0); block !== undefined; block = stream.block(blocks.length)) blocks.push(block);
  expect(Buffer.compare(Buffer.concat(blocks), pattern(0, 135_540))).toBe(0);
  expect(new ByteStream().block(0)).toBeUndefined();
});

test('what was read stays as it was while the stream grows', () => {
  const stream = new ByteStream();
  stream.append(pattern(0, 10));
  const early = stream.slice(2, 5);
  for (let turn = 0; turn < 1_000; turn += 1) stream.append(pattern(stream.length, 100));
  expect(early).toEqual(pattern(2, 5));
});

test('what was appended may change afterwards', () => {
  const stream = new ByteStream();
  const bytes = Uint8Array.of(1, 2, 3);
  stream.append(bytes);
  bytes.fill(9);
  expect(stream.slice(0, 3)).toEqual(Uint8Array.of(1, 2, 3));
});
