import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLine, LINES_MAX, Screen } from './screen.ts';

const rowsOf = (screen: Screen) => screen.rows.map(({ runs }) => runs.map(({ text }) => text).join(''));

test('prints lines and leaves the last one open for what follows', () => {
  const screen = new Screen(80);
  screen.write('waiting for connection...\n>>> ');
  screen.write('hello');
  expect(rowsOf(screen)).toEqual(['waiting for connection...', '>>> hello']);
});

test('breaks long lines at the width, wide characters being two cells', () => {
  const screen = new Screen(4);
  screen.write('abcdef\n你好吗');
  expect(rowsOf(screen)).toEqual(['abcd', 'ef', '你好', '吗']);
  expect(screen.rows[0]?.isContinued).toBe(true);
  screen.resize(6);
  expect(rowsOf(screen)).toEqual(['abcdef', '你好吗']);
});

test('colours what SGR asks for, though a sequence comes in two writes', () => {
  const screen = new Screen(80);
  screen.write('a\x1b[1;3');
  screen.write('1mb\x1b[0mc');
  expect(screen.rows[0]?.runs.map(({ text, style }) => [text, style.color, style.isBold])).toEqual([
    ['a', undefined, false],
    ['b', 1, true],
    ['c', undefined, false],
  ]);
});

test('a carriage return writes the last line anew, one before a line feed does not', () => {
  const screen = new Screen(80);
  screen.write('10 %\r20 %\r\ndone');
  expect(rowsOf(screen)).toEqual(['20 %', 'done']);
});

test('escapes of other kinds, bells and the like are not text', () => {
  const screen = new Screen(80);
  screen.write('a\x1b]0;title\x07b\x1b[2Kc\x07d');
  expect(rowsOf(screen)).toEqual(['cd']);
});

test('keeps the newest lines and counts those it dropped', () => {
  const screen = new Screen(80);
  screen.write('x\n'.repeat(LINES_MAX + 5));
  expect(screen.dropped).toBe(10_000);
  expect(screen.rows.length).toBe(LINES_MAX + 6 - 10_000);
});

test('what is printed in any pieces looks as printed at once', () => {
  const pieces = fc.array(
    fc.constantFrom('ab', '\n', '\r', '\t', '\x1b[31m', '\x1b[0m', '你', '\x1b', '[1m', 'wide text'),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const atOnce = new Screen(7);
      atOnce.write(parts.join(''));
      const inPieces = new Screen(7);
      for (const part of parts) inPieces.write(part);
      expect(rowsOf(inPieces)).toEqual(rowsOf(atOnce));
    }),
  );
});

test('rows joined are the line', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, columns) => {
      const style = new Screen(1).rows[0]?.runs[0]?.style;
      const rows = breakLine([{ text, style: style as never }], columns);
      expect(rows.flatMap(({ runs }) => runs.map((run) => run.text)).join('')).toBe(text);
    }),
  );
});
