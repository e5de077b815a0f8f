import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../testing/failures.ts';
import { CODE_ALPHABET, CODE_PATTERN, codeFrom, formatCode, parseCode, ROOM_CODE_LENGTH } from './code.ts';
import { freeName, NAME_LENGTH_MAX, nameKey, parseName } from './name.ts';

describe('a code', () => {
  test.each([
    ['K7M4TQ', 'K7M4TQ'],
    ['k7m-4tq', 'K7M4TQ'],
    [' K7M 4TQ\n', 'K7M4TQ'],
    ['K7M–4TQ', 'K7M4TQ'],
    ['K7M4-TQ23', 'K7M4TQ23'],
  ])('%j is %s', (text, code) => {
    expect(parseCode(text)).toBe(code);
    expect(code).toMatch(new RegExp(CODE_PATTERN));
  });
  test.each([
    '',
    'K7M4T',
    'K7M4TQ2',
    'K7M4TQ234',
    'K7M4T0',
    'K7M4TI',
    'K7M4TL',
    'K7M4TO',
    'K7M4TU',
    'K7M4T1',
    'КУ7М4Т',
  ])('%j is none', (text) => {
    expect(failureOf(() => parseCode(text)).code).toBe('ROOM_UNKNOWN');
    expect(text).not.toMatch(new RegExp(CODE_PATTERN));
  });
  test('is shown in two halves, and read as it is shown', () => {
    expect(formatCode('K7M4TQ')).toBe('K7M-4TQ');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CODE_ALPHABET), { minLength: 6, maxLength: 6 }), (digits) => {
        expect(parseCode(formatCode(digits.join('')).toLowerCase())).toBe(digits.join(''));
      }),
    );
  });
  test('from random bytes has every digit as often: bytes that would favour some are passed over', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const code = codeFrom(() => bytes, 240);
    for (const digit of CODE_ALPHABET) expect(code.split(digit)).toHaveLength(240 / CODE_ALPHABET.length + 1);
    const short = [Uint8Array.of(255, 240, 0), Uint8Array.of(29, 239, 31), Uint8Array.of(1, 2, 3)];
    expect(codeFrom(() => short.shift() as Uint8Array, ROOM_CODE_LENGTH)).toBe('2ZZ334');
  });
});

describe('a name', () => {
  test.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['e\u0301ric', 'éric'],
    ['王小明', '王小明'],
    ['Li 王', 'Li 王'],
    ['たろう タロウ', 'たろう タロウ'],
    ['김 Kim', '김 Kim'],
    ['Владимир', 'Владимир'],
    ['seat 07', 'seat 07'],
    ['O’Brien-Smith', 'O’Brien-Smith'],
    ['नेहा', 'नेहा'],
    ['Tiến Nguyễn', 'Tiến Nguyễn'],
  ])('%j is %j', (text, name) => {
    expect(parseName(text)).toBe(name);
  });
  test.each([
    ['', 'empty'],
    [' \t ', 'blank'],
    ['—…', 'no letter'],
    ['x'.repeat(25), 'too long'],
    ['a\u202eb', 'right to left override'],
    ['a\u2066b', 'isolate'],
    ['a\u200bb', 'zero width space'],
    ['a\u200db', 'joiner'],
    ['a\u0000b', 'control'],
    ['a\u2028b\u2028', 'ends with what is trimmed, yet has one within'],
    ['\u3164a', 'a filler that is drawn as nothing'],
    ['a\u2800b', 'blank Braille'],
    ['a\ue000', 'private use'],
    ['a\ud800', 'half a character'],
    ['z\u0300\u0301\u0302\u0303\u0304', 'five marks'],
    ['Аda', 'a Cyrillic А before Latin'],
    ['αdam', 'Greek and Latin'],
    ['王а', 'Han and Cyrillic'],
  ])('%j is none: %s', (text, why) => {
    // U+2028 is white space, and becomes a blank like any other.
    if (why.startsWith('ends')) expect(parseName(text)).toBe('a b');
    else expect(failureOf(() => parseName(text)).code).toBe('NAME_INVALID');
  });
  test('once read is read as itself, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        let name: string;
        try {
          name = parseName(text);
        } catch {
          return;
        }
        expect(parseName(name)).toBe(name);
        expect([...name].length).toBeLessThanOrEqual(NAME_LENGTH_MAX);
      }),
    );
  });
  test('that is taken gets a number, and stays within its length', () => {
    const taken = new Set(['ada', 'ada 2', 'x'.repeat(24)]);
    const isTaken = (key: string): boolean => taken.has(key);
    expect(freeName('Bob', isTaken)).toBe('Bob');
    expect(freeName('ADA', isTaken)).toBe('ADA 3');
    expect(freeName('Ａｄａ', isTaken)).toBe('Ａｄａ 3');
    expect(freeName('X'.repeat(24), isTaken)).toBe(`${'X'.repeat(22)} 2`);
    expect(nameKey(' Ａda\u00a0 B')).toBe('ada b');
  });
});
