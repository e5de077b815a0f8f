import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteSequence, SequenceReader, SequenceWriter } from './byte-sequence.ts';

const MEBIBYTE = 1_048_576;

test('what is written arrives as it is, in whatever pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 60 }), fc.nat(9), (sizes, seed) => {
      const writer = new SequenceWriter(seed);
      const reader = new SequenceReader(seed);
      for (const size of sizes) reader.take(writer.next(size));
      expect(reader.position).toBe(writer.position);
    }),
    { numRuns: 40 },
  );
});

test('a piece of another place differs, wherever both are: there is no period', () => {
  const positions = [
    0,
    64,
    256,
    32_768,
    65_536,
    262_144,
    2 * MEBIBYTE,
    2 * MEBIBYTE + 64,
    64 * MEBIBYTE,
    4_096 * MEBIBYTE,
  ];
  const pieces = positions.map((position) => Buffer.from(new ByteSequence().bytes(position, 64)).toString('hex'));
  expect(new Set(pieces).size).toBe(pieces.length);
});

test('two seeds have no line in common', () => {
  const [one, other] = [1, 2].map((seed) => new ByteSequence(seed).bytes(0, 2 * MEBIBYTE));
  for (let at = 0; at < 2 * MEBIBYTE; at += 64) {
    expect(
      Buffer.compare((one as Uint8Array).subarray(at, at + 64), (other as Uint8Array).subarray(at, at + 64)),
    ).not.toBe(0);
  }
});

test.each([
  ['lost', (bytes: Uint8Array) => Buffer.concat([bytes.subarray(0, 70_000), bytes.subarray(70_001)]), '70000'],
  ['doubled', (bytes: Uint8Array) => Buffer.concat([bytes.subarray(0, 65_536), bytes]), '6553[6-9]'],
  ['changed', (bytes: Uint8Array) => Buffer.from(bytes).fill((bytes[99_999] ?? 0) ^ 1, 99_999, 100_000), '99999'],
])('a byte that is %s is told with its place', (_name, spoil, place) => {
  const bytes = new ByteSequence(3).bytes(0, 131_072);
  expect(() => new SequenceReader(3).take(spoil(bytes))).toThrow(new RegExp(`^byte ${place} is`));
});
