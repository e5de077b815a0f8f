import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PrintedLines } from './printed-lines.ts';

function linesOf(printed: PrintedLines): (string | undefined)[] {
  return Array.from({ length: printed.length() }, (_, index) => printed.at(index));
}

test('a line is one when its end has come, of either output', () => {
  const printed = new PrintedLines();
  printed.write({ fd: 1, text: '>>> ' });
  expect(linesOf(printed)).toEqual([]);
  printed.write({ fd: 2, text: 'Traceback\nTypeError: no\n' });
  printed.write({ fd: 1, text: "b'hi'\r\nmore" });
  expect(linesOf(printed)).toEqual(['Traceback', 'TypeError: no', ">>> b'hi'"]);
  printed.end();
  printed.end();
  expect(linesOf(printed)).toEqual(['Traceback', 'TypeError: no', ">>> b'hi'", 'more']);
});

test('the same lines, however the text arrives', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n') })), (pieces) => {
      const printed = new PrintedLines();
      for (const text of pieces) printed.write({ fd: 1, text });
      printed.end();
      const whole = pieces.join('');
      const lines = whole.split('\n');
      if (lines.at(-1) === '') lines.pop();
      expect(linesOf(printed)).toEqual(lines);
    }),
  );
});

test('a program without end costs no more: the oldest lines go, and are counted', () => {
  const printed = new PrintedLines();
  const total = 20_000;
  for (let nth = 0; nth < total; nth += 1) printed.write({ fd: 1, text: `${nth}\n` });
  expect(printed.length()).toBeLessThan(6_000);
  expect(printed.dropped + printed.length()).toBe(total);
  expect(printed.at(0)).toBe(String(printed.dropped));
  printed.write({ fd: 1, text: `${'x'.repeat(100_000)}\n` });
  expect(printed.at(printed.length() - 1)?.length).toBeLessThan(5_000);
});
