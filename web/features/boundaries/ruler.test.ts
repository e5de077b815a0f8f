import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesBetween, leftOf, type Ruler, rulerStart, rulerWidth, SCALES, tickStep } from './ruler.ts';

const rulers: fc.Arbitrary<Ruler> = fc.record({
  length: fc.integer({ min: 1, max: 50_000_000 }),
  scale: fc.constantFrom(...SCALES),
});

test('a short stream begins at its first byte', () => {
  const ruler = { length: 100, scale: 10 };
  expect([rulerStart(ruler), rulerWidth(ruler), leftOf(ruler, 12)]).toEqual([0, 1_000, 120]);
  expect(bytesBetween(ruler, 115, 305)).toEqual({ start: 11, end: 31 });
});

test('no stream is wider than browsers lay out, and its end is always there', () => {
  fc.assert(
    fc.property(rulers, (ruler) => {
      expect(rulerWidth(ruler)).toBeLessThanOrEqual(8_000_000);
      expect(leftOf(ruler, ruler.length)).toBe(rulerWidth(ruler));
      expect(rulerWidth(ruler)).toBeGreaterThan(0);
    }),
  );
});

test('the byte at a place is found again', () => {
  fc.assert(
    fc.property(rulers, fc.nat(), (ruler, seed) => {
      const first = rulerStart(ruler);
      const offset = first + (seed % (ruler.length - first));
      const left = leftOf(ruler, offset);
      const { start, end } = bytesBetween(ruler, left, left + ruler.scale);
      expect(start).toBeLessThanOrEqual(offset);
      expect(end).toBeGreaterThan(offset);
    }),
  );
});

test.each([
  [18, 5],
  [10, 10],
  [4, 20],
  [1, 100],
  [0.5, 200],
])('at %d px for each byte there is a number every %i bytes', (scale, step) => {
  expect(tickStep({ length: 1, scale })).toBe(step);
});
