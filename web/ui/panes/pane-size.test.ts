import { expect, test } from 'vitest';
import { nextPaneSize, parsePaneSize } from './pane-size.ts';

const limits = { min: 200, max: 400, initial: 252 };

test.each([
  ['start', true, 'ArrowRight', 268],
  ['start', true, 'ArrowLeft', 236],
  ['end', true, 'ArrowRight', 236],
  ['end', true, 'ArrowLeft', 268],
  ['start', true, 'ArrowDown', undefined],
  ['start', false, 'ArrowDown', 268],
  ['end', false, 'ArrowUp', 268],
  ['start', true, 'Home', 200],
  ['start', true, 'End', 400],
  ['start', true, 'a', undefined],
] as const)('a pane at the %s, columns %s: %s leads to %s', (side, isColumns, key, expected) => {
  expect(nextPaneSize(252, key, { side, isColumns, limits })).toBe(expected);
});

test('a pane never leaves its limits', () => {
  expect(nextPaneSize(205, 'ArrowLeft', { side: 'start', isColumns: true, limits })).toBe(200);
  expect(nextPaneSize(395, 'ArrowRight', { side: 'start', isColumns: true, limits })).toBe(400);
});

test.each([
  [300, 300],
  [undefined, 252],
  ['300', 252],
  [9_000, 252],
  [250.5, 252],
])('stored %s gives %i', (stored, expected) => {
  expect(parsePaneSize(stored, limits)).toBe(expected);
});
