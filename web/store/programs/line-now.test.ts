import { expect, test } from 'vitest';
import { lineNow } from './line-now.ts';

const BEFORE = 'a\nb\nc\nd';

test.each([
  ['nothing was edited', BEFORE, 3, 3],
  ['a line below was edited', 'a\nb\nc\nD', 3, 3],
  ['a line above was edited', 'A\nb\nc\nd', 3, 3],
  ['two lines were put above it', 'a\nx\ny\nb\nc\nd', 3, 5],
  ['a line above it was taken away', 'b\nc\nd', 3, 2],
  ['the line itself was edited', 'a\nb\nC\nd', 3, undefined],
  ['the line was taken away', 'a\nb\nd', 3, undefined],
  ['all is another', 'x', 3, undefined],
])('%s', (_, now, line, expected) => {
  expect(lineNow(BEFORE, now, line)).toBe(expected);
});
