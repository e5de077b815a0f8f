import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearlyUtf8 } from '../../protocol/testing/arbitraries.ts';
import { failureOf } from '../../protocol/testing/failures.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { askPython, hasPython } from '../testing/oracle.ts';
import { formatEscapes, parseEscapes } from './escapes.ts';
import { toHex } from './hex.ts';

describe('parseEscapes', () => {
  test.each([
    ['', ''],
    ['hello', '68656c6c6f'],
    [String.raw`\a\b\t\n\v\f\r\e`, '0708090a0b0c0d1b'],
    [String.raw`\\\'\"`, '5c2722'],
    [String.raw`\0`, '00'],
    [String.raw`\0a\08\012\101\377\3777`, '00610038' + '0a41ffff37'],
    [String.raw`\x00\xfF\x41g`, '00ff4167'],
    [String.raw`é\u00e9\u{e9}\u{0000e9}`, 'c3a9c3a9c3a9c3a9'],
    [String.raw`😀\ud83d\ude00\uD83D\uDE00\u{1F600}`, 'f09f9880'.repeat(4)],
    [String.raw`\u{10ffff}\u{0}`, 'f48fbfbf00'],
    ['a\nb', '610a62'],
    [String.raw`GET / HTTP/1.0\r\n\r\n`, '474554202f20485454502f312e300d0a0d0a'],
  ])('reads %s', (text, hex) => {
    expect(toHex(parseEscapes(text))).toBe(hex);
  });

  test.each([
    ['\\', 0],
    ['abc\\', 3],
    [String.raw`ab\q`, 2],
    [String.raw`\😀`, 0],
    [String.raw`\8`, 0],
    ['a\\\nb', 1],
    [String.raw`\x`, 0],
    [String.raw`\x4`, 0],
    [String.raw`ok\xg0`, 2],
    [String.raw`\n\x4 `, 2],
    [String.raw`\400`, 0],
    [String.raw`\777`, 0],
    [String.raw`\u12`, 0],
    [String.raw`\u00eg`, 0],
    [String.raw`\ud83d`, 0],
    [String.raw`\ud83d\u0041`, 0],
    [String.raw`\ud83d\u00`, 6],
    [String.raw`\ud83d\u{de00}`, 0],
    [String.raw`x\ude00`, 1],
    [String.raw`\u{}`, 0],
    [String.raw`\u{1f600`, 0],
    [String.raw`\u{110000}`, 0],
    [String.raw`\u{d800}`, 0],
    [String.raw`\u{0000041}`, 0],
    [String.raw`\u{ 41}`, 0],
    ['\\n\ud800', 2],
    ['😀\udc00', 2],
  ])('refuses %j at %i', (text, position) => {
    const failure = failureOf(() => parseEscapes(text));
    expect(failure).toMatchObject({ code: 'ESCAPE_INVALID', position });
    expect(failure.message).not.toBe('');
  });

  test('takes text without a backslash as UTF-8', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\\') && text.isWellFormed());
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseEscapes(text)).toEqual(encodeUtf8(text));
      }),
    );
  });

  const pieces = fc.constantFrom(
    '\\',
    'x',
    'u',
    '{',
    '}',
    '0',
    '1',
    '7',
    '9',
    'a',
    'f',
    'n',
    'd83d',
    'de00',
    'é',
    '\ud83d',
    '\n',
  );
  test('gives bytes or a position within the text for any text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (parts) => {
        const text = parts.join('');
        try {
          parseEscapes(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ESCAPE_INVALID' });
          const { position } = failureOf(() => parseEscapes(text));
          expect('\\\ud83d').toContain(text[position as number]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.skipIf(!hasPython)('reads what CPython reads in a bytes literal', () => {
    const letters = fc.constantFrom('\\a', '\\b', '\\t', '\\n', '\\v', '\\f', '\\r', '\\\\', "\\'", '\\"');
    const piece = fc.oneof(
      letters,
      fc.nat(255).map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`),
      fc.nat(255).map((byte) => `\\${byte.toString(8).padStart(3, '0')}`),
      fc.nat(63).map((byte) => `\\${byte.toString(8)}8`), // a digit that is not octal ends it
      fc.constantFrom(...' !#$%&()*+,-./0123456789:;<=>?@ABCXYZ[]^_`abcxyz{|}~'),
    );
    const literals = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(literals, { minLength: 500, maxLength: 500 }), (cases) => {
        const program = `import ast\nanswers = [ast.literal_eval('b"' + case + '"').hex() for case in cases]`;
        expect(cases.map((text) => toHex(parseEscapes(text)))).toEqual(askPython(program, cases));
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

describe('formatEscapes', () => {
  test.each([
    ['', ''],
    ['68c3a9e4bda0f09f9880', 'hé你😀'],
    ['00310d0a095c27221b7f', String.raw`\x001\r\n\t\\'"\e\x7f`],
    ['ff41e4bd', String.raw`\xffA\xe4\xbd`],
    ['e280ae', String.raw`\u{202e}`], // right-to-left override
    ['efbbbf', String.raw`\u{feff}`],
    ['c2a0', String.raw`\u{a0}`],
    ['c285', String.raw`\u{85}`],
  ])('writes %s', (hex, text) => {
    expect(formatEscapes(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(text);
  });

  test('is read back to the same bytes', () => {
    fc.assert(
      fc.property(nearlyUtf8, (bytes) => {
        expect(parseEscapes(formatEscapes(bytes))).toEqual(bytes);
      }),
      { numRuns: 2_000 },
    );
  });
  test('every byte value alone and before a digit', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const bytes = Uint8Array.of(byte, 0x31, byte);
      expect(parseEscapes(formatEscapes(bytes))).toEqual(bytes);
    }
  });
});
