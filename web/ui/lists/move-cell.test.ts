import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveCell } from './move-cell.ts';

const SIZE = { rows: 100, columns: 5, page: 10 };
const from = { row: 50, column: 2 };

test.each([
  ['ArrowUp', false, 49, 2],
  ['ArrowDown', false, 51, 2],
  ['ArrowLeft', false, 50, 1],
  ['ArrowRight', false, 50, 3],
  ['PageUp', false, 40, 2],
  ['PageDown', false, 60, 2],
  ['Home', false, 50, 0],
  ['End', false, 50, 4],
  ['Home', true, 0, 0],
  ['End', true, 99, 4],
])('%s (Ctrl %s) leads to row %i, column %i', (key, ctrlKey, row, column) => {
  expect(moveCell(from, { key, ctrlKey }, SIZE)).toEqual({ row, column });
});

test('other keys are left to the browser', () => {
  expect(moveCell(from, { key: 'Tab', ctrlKey: false }, SIZE)).toBeUndefined();
});

test('no key leads out of the grid', () => {
  const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.boolean())), fc.integer({ min: 1, max: 40 }), (presses, rows) => {
      let cell = { row: 0, column: 0 };
      for (const [key, ctrlKey] of presses) {
        cell = moveCell(cell, { key, ctrlKey }, { rows, columns: 3, page: 7 }) ?? cell;
        expect(cell.row).toBeGreaterThanOrEqual(0);
        expect(cell.row).toBeLessThan(rows);
        expect(cell.column).toBeGreaterThanOrEqual(0);
        expect(cell.column).toBeLessThan(3);
      }
    }),
  );
});
