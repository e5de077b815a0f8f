import { expect, test } from 'vitest';
import { nextItem, placeMenu } from './menu-place.ts';

test.each([
  ['top left', { top: 10, bottom: 40, left: 10, right: 90 }, { top: 44, left: 10 }],
  ['top right', { top: 10, bottom: 40, left: 900, right: 990 }, { top: 44, right: 10 }],
  ['bottom left', { top: 700, bottom: 730, left: 10, right: 90 }, { bottom: 104, left: 10 }],
  ['bottom right', { top: 700, bottom: 730, left: 900, right: 990 }, { bottom: 104, right: 10 }],
])('a menu of a button at the %s grows towards the middle', (_, button, place) => {
  expect(placeMenu(button, 1_000, 800)).toEqual(place);
});

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 0],
  ['ArrowUp', 0, 2],
  ['ArrowUp', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['a', 1, undefined],
])('%s at item %i of 3 leads to %s', (key, current, next) => {
  expect(nextItem(key, current, 3)).toBe(next);
});
