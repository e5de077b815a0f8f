import { expect, test } from 'vitest';
import { endOf, moveTo, startOf, within } from './selection.ts';

test('a selection reaches from its anchor to its cursor, whichever is first', () => {
  expect([startOf({ anchor: 5, cursor: 2 }), endOf({ anchor: 5, cursor: 2 })]).toEqual([2, 6]);
  expect([startOf({ anchor: 3, cursor: 3 }), endOf({ anchor: 3, cursor: 3 })]).toEqual([3, 4]);
});

test('extending keeps the anchor, moving takes it along', () => {
  expect(moveTo({ anchor: 5, cursor: 2 }, 9, true)).toEqual({ anchor: 5, cursor: 9 });
  expect(moveTo({ anchor: 5, cursor: 2 }, 9, false)).toEqual({ anchor: 9, cursor: 9 });
});

test('among fewer bytes it ends with the last', () => {
  expect(within({ anchor: 2, cursor: 40 }, 12)).toEqual({ anchor: 2, cursor: 11 });
  expect(within({ anchor: 2, cursor: 3 }, 12)).toEqual({ anchor: 2, cursor: 3 });
});
