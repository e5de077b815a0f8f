import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearlyUtf8 } from '../../protocol/testing/arbitraries.ts';
import { decodeUtf8Lenient } from '../../protocol/utf8.ts';
import { askPython, hasPython } from '../testing/oracle.ts';
import { toHex } from './hex.ts';
import { decodeUtf8Segments } from './utf8-segments.ts';

const broken = (start: number, end: number) => ({ start, end, text: undefined });

test.each([
  ['nothing', [], []],
  ['text', [0x68, 0xc3, 0xa9], [{ start: 0, end: 3, text: 'hé' }]],
  ['a byte order mark, kept', [0xef, 0xbb, 0xbf, 0x41], [{ start: 0, end: 4, text: '\ufeffA' }]],
  // The Unicode Standard, tables 3-8 to 3-11.
  [
    'Table 3-8: non-shortest forms',
    [0xc0, 0xaf, 0xe0, 0x80, 0xbf, 0xf0, 0x81, 0x82, 0x41],
    [...Array.from({ length: 8 }, (_, at) => broken(at, at + 1)), { start: 8, end: 9, text: 'A' }],
  ],
  [
    'Table 3-9: surrogates',
    [0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf, 0xed, 0xaf, 0x41],
    [...Array.from({ length: 8 }, (_, at) => broken(at, at + 1)), { start: 8, end: 9, text: 'A' }],
  ],
  [
    'Table 3-10: other ill-formed',
    [0xf4, 0x91, 0x92, 0x93, 0xff, 0x41, 0x80, 0xbf, 0x42],
    [
      ...[0, 1, 2, 3, 4].map((at) => broken(at, at + 1)),
      { start: 5, end: 6, text: 'A' },
      broken(6, 7),
      broken(7, 8),
      { start: 8, end: 9, text: 'B' },
    ],
  ],
  [
    'Table 3-11: truncated',
    [0xe1, 0x80, 0xe2, 0xf0, 0x91, 0x92, 0xf1, 0xbf, 0x41],
    [broken(0, 2), broken(2, 3), broken(3, 6), broken(6, 8), { start: 8, end: 9, text: 'A' }],
  ],
])('%s', (_, bytes, segments) => {
  expect(decodeUtf8Segments(Uint8Array.from(bytes))).toEqual(segments);
});

test('covers every byte once, in order, and is a lenient decoder when each broken part is one U+FFFD', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      let end = 0;
      let text = '';
      for (const segment of decodeUtf8Segments(bytes)) {
        expect(segment.start).toBe(end);
        expect(segment.end).toBeGreaterThan(segment.start);
        end = segment.end;
        text += segment.text ?? '\ufffd';
      }
      expect(end).toBe(bytes.length);
      expect(text).toBe(decodeUtf8Lenient(bytes));
    }),
    { numRuns: 2_000 },
  );
});

test('never leaves two well-formed runs side by side', () => {
  fc.assert(
    fc.property(nearlyUtf8, (bytes) => {
      const segments = decodeUtf8Segments(bytes);
      return segments.every(({ text }, index) => text === undefined || segments[index + 1]?.text === undefined);
    }),
  );
});

test.skipIf(!hasPython)('breaks where CPython breaks', () => {
  fc.assert(
    fc.property(fc.array(nearlyUtf8, { minLength: 500, maxLength: 500 }), (cases) => {
      const program = 'answers = [bytes.fromhex(case).decode("utf-8", "replace") for case in cases]';
      const answers = askPython(
        program,
        cases.map((bytes) => toHex(bytes)),
      );
      const ours = cases.map((bytes) =>
        decodeUtf8Segments(bytes)
          .map(({ text }) => text ?? '\ufffd')
          .join(''),
      );
      expect(ours).toEqual(answers);
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
