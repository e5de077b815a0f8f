import { expect, test } from 'vitest';
import { markedPieces } from './marked.ts';

const shown = (text: string, ...marks: string[]): string =>
  markedPieces(text, marks)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  [shown('hello Hello', 'hello'), '[hello] [Hello]'],
  [shown('recv(1024)', '1024', 'recv'), '[recv]([1024])'],
  [shown('aaa', 'aa'), '[aa]a'],
  [shown('你好，世界', '世界'), '你好，[世界]'],
  [shown('nothing', 'x', ''), 'nothing'],
  [shown('', 'x'), ''],
  // Its small letter has two units: then nothing is marked rather than the wrong place.
  [shown('İ x', 'x'), 'İ x'],
])('%s', (found, expected) => {
  expect(found).toBe(expected);
});
