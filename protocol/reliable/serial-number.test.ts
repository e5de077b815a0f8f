import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAfter, isWithin, nextSeq } from './serial-number.ts';

const serials = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);

describe('isAfter, RFC 1982 §3.2 with SERIAL_BITS 32', () => {
  test('is what the RFC defines', () => {
    const half = 2n ** 31n;
    fc.assert(
      fc.property(serials, serials, (a, b) => {
        const [i1, i2] = [BigInt(b), BigInt(a)]; // is i1 less than i2?
        const isLess = (i1 < i2 && i2 - i1 < half) || (i1 > i2 && i1 - i2 > half);
        expect(isAfter(a, b)).toBe(isLess);
      }),
      { numRuns: 2_000 },
    );
  });
  test('half the circle apart is in no order', () => {
    expect(isAfter(0x8000_0000, 0)).toBe(false);
    expect(isAfter(0, 0x8000_0000)).toBe(false);
  });
});

describe('nextSeq', () => {
  test.each([
    [0, 1],
    [1, 2],
    [0x7fff_ffff, 0x8000_0000],
    [0xffff_fffe, 0xffff_ffff],
    [0xffff_ffff, 1],
  ])('after %i comes %i', (seq, next) => {
    expect(nextSeq(seq)).toBe(next);
    expect(isAfter(next, seq)).toBe(true);
  });
});

describe('isWithin', () => {
  test.each([
    [0, 0, 0, true],
    [0, 0, 5, true],
    [5, 0, 5, true],
    [6, 0, 5, false],
    [0, 1, 5, false],
    [3, 4, 5, false],
    [0xffff_ffff, 0xffff_fffe, 2, true],
    [1, 0xffff_fffe, 2, true],
    [0, 0xffff_fffe, 2, false],
    [3, 0xffff_fffe, 2, false],
    [0xffff_fffd, 0xffff_fffe, 2, false],
  ])('%i within %i to %i: %j', (seq, first, last, verdict) => {
    expect(isWithin(seq, first, last)).toBe(verdict);
  });
});
