import { expect, test } from 'vitest';
import { movedTo } from './pace-moves.ts';

const LESSONS = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const pace = (from: string, to: string, step?: string) => ({
  from: { lesson: from },
  to: { lesson: to, ...(step !== undefined && { step }) },
});

test.each([
  ['one lesson alone moves on', pace('b', 'b'), 'c', pace('c', 'c')],
  ['and is open to its end then', pace('b', 'b', 'two'), 'c', pace('c', 'c')],
  ['a range grows to the next', pace('a', 'b'), 'c', pace('a', 'c')],
  ['what was open stays open', pace('a', 'c', 'two'), 'b', pace('a', 'c', 'two')],
  ['and it begins at an earlier one', pace('b', 'c'), 'a', pace('a', 'c')],
])('%s', (_, before, to, after) => {
  expect(movedTo(before, to, LESSONS)).toEqual(after);
});
