import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { failureOf } from '../../protocol/testing/failures.ts';
import { parseBase64, toBase64 } from './base64.ts';

// RFC 4648 §10
const VECTORS: [string, string][] = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
];

test.each(VECTORS)('%j is %j and back', (text, base64) => {
  expect(toBase64(Buffer.from(text))).toBe(base64);
  expect(parseBase64(base64)).toEqual(Uint8Array.from(Buffer.from(text)));
});

test('agrees with Node and reads back for any bytes', () => {
  fc.assert(
    fc.property(bytesAtAnyOffset(100), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(parseBase64(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

describe('parseBase64 refuses', () => {
  test.each([
    ['a length that is no multiple of 4', 'Zm9', 3],
    ['no padding', 'Zg', 2],
    ['too much padding', 'Z===', 1],
    ['padding within', 'Zg==Zg==', 2],
    ['a blank', 'Zm9 ', 3],
    ['the URL alphabet', 'Zm-_', 2],
    ['unused bits after one byte', 'Zh==', 1],
    ['unused bits after two bytes', 'Zm9=', 2],
    ['padding alone', '====', 0],
  ])('%s', (_, text, position) => {
    expect(failureOf(() => parseBase64(text))).toMatchObject({ code: 'MESSAGE_INVALID', position });
  });
  test('rejects what is not canonical Base64', () => {
    const unit = fc.constantFrom(...'AQgw+/9=-_ ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        const isCanonical = Buffer.from(text, 'base64').toString('base64') === text;
        if (isCanonical) expect(toBase64(parseBase64(text))).toBe(text);
        else expect(failureOf(() => parseBase64(text)).code).toBe('MESSAGE_INVALID');
      }),
      { numRuns: 2_000 },
    );
  });
});
