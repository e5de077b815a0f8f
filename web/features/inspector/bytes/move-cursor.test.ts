import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveCursor } from './move-cursor.ts';

/** 41 bytes in rows of 8: five whole rows, and one byte in the sixth. */
const SIZE = { length: 41, columns: 8, page: 3 };

test.each([
  [0, 'ArrowRight', false, 1],
  [40, 'ArrowRight', false, 40],
  [0, 'ArrowLeft', false, 0],
  [8, 'ArrowLeft', false, 7],
  [29, 'ArrowUp', false, 21],
  [5, 'ArrowUp', false, 5],
  [5, 'ArrowDown', false, 13],
  [37, 'ArrowDown', false, 40],
  [40, 'ArrowDown', false, 40],
  [29, 'PageUp', false, 5],
  [13, 'PageUp', false, 5],
  [5, 'PageDown', false, 29],
  [29, 'PageDown', false, 40],
  [29, 'Home', false, 24],
  [29, 'End', false, 31],
  [40, 'End', false, 40],
  [29, 'Home', true, 0],
  [29, 'End', true, 40],
])('from %i, %s (Ctrl %s) leads to %i', (from, key, ctrlKey, to) => {
  expect(moveCursor(from, { key, ctrlKey }, SIZE)).toBe(to);
});

test('other keys are left to the browser', () => {
  expect(moveCursor(3, { key: 'Tab', ctrlKey: false }, SIZE)).toBeUndefined();
});

test('no key leads out of the bytes, and up undoes down within whole rows', () => {
  const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
  const sizes = fc.record({
    length: fc.integer({ min: 1, max: 200 }),
    columns: fc.constantFrom(8, 16),
    page: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(sizes, fc.nat(), keys, fc.boolean(), (size, seed, key, ctrlKey) => {
      const from = seed % size.length;
      const to = moveCursor(from, { key, ctrlKey }, size) as number;
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(size.length);
      if (key === 'ArrowDown' && to === from + size.columns) {
        expect(moveCursor(to, { key: 'ArrowUp', ctrlKey }, size)).toBe(from);
      }
    }),
  );
});
