import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEAD, moveCell } from './move-cell.ts';

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

test('a head that can be gone to is above the first row, and no other key leads there', () => {
  const size = { ...SIZE, hasHead: true };
  const first = { row: 0, column: 2 };
  const head = { row: HEAD, column: 2 };
  const press = (cell: typeof first, key: string, ctrlKey = false) => moveCell(cell, { key, ctrlKey }, size);
  expect(press(first, 'ArrowUp')).toEqual(head);
  expect(press(head, 'ArrowUp')).toEqual(head);
  expect(press(head, 'ArrowRight')).toEqual({ row: HEAD, column: 3 });
  expect(press(head, 'ArrowDown')).toEqual(first);
  expect(press(first, 'PageUp')).toEqual(first);
  expect(press(from, 'Home', true)).toEqual({ row: 0, column: 0 });
  expect(moveCell(first, { key: 'ArrowUp', ctrlKey: false }, SIZE)).toEqual(first);
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
