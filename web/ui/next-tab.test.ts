import { expect, test } from 'vitest';
import { nextTab } from './next-tab.ts';

test.each([
  [0, 'ArrowRight', 1],
  [2, 'ArrowRight', 0],
  [0, 'ArrowLeft', 2],
  [2, 'ArrowLeft', 1],
  [1, 'Home', 0],
  [1, 'End', 2],
  [1, 'ArrowDown', 1],
  [1, 'x', 1],
])('from %i of 3, %s leads to %i', (current, key, expected) => {
  expect(nextTab(current, key, 3)).toBe(expected);
});
