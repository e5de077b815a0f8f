import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { failureOf } from '../../protocol/testing/failures.ts';
import { parseHex, toHex } from './hex.ts';

describe('toHex', () => {
  test('writes two lowercase digits a byte', () => {
    expect(toHex(Uint8Array.of(0, 10, 0xff))).toBe('000aff');
    expect(toHex(Uint8Array.of(0, 10, 0xff), ' ')).toBe('00 0a ff');
    expect(toHex(new Uint8Array())).toBe('');
  });
  test('agrees with Node for any bytes', () => {
    fc.assert(fc.property(bytesAtAnyOffset(300), (bytes) => toHex(bytes) === Buffer.from(bytes).toString('hex')));
  });
});

describe('parseHex', () => {
  test.each([
    ['', []],
    [' \n\t', []],
    ['68656C6c6f', [0x68, 0x65, 0x6c, 0x6c, 0x6f]],
    ['0x68 0X65\r\n6c', [0x68, 0x65, 0x6c]],
    ['0x68656c', [0x68, 0x65, 0x6c]],
    ['0x01, 0x02,\n  0x03', [1, 2, 3]],
    ['\u00a000\u3000ff', [0, 0xff]],
    ['68:65:6c', [0x68, 0x65, 0x6c]],
    ['de-ad-be-ef', [0xde, 0xad, 0xbe, 0xef]],
    ['\\x68\\x65\\X6c', [0x68, 0x65, 0x6c]],
  ])('reads %j', (text, bytes) => {
    expect(parseHex(text)).toEqual(Uint8Array.from(bytes));
  });

  test.each([
    ['6', 0],
    ['68 6', 3],
    ['686', 2],
    ['6 8', 0],
    ['0x', 2],
    ['0x 68', 2],
    ['0x6', 2],
    ['68 0x0x65', 6],
    ['68 zz', 3],
    ['6g', 1],
    ['68 😀', 3],
    ['6😀', 1],
    ['x68', 0],
    ['68,g', 3],
    ['-1', 1],
    ['\\n68', 0],
    ['68\\', 2],
  ])('refuses %j at %i', (text, position) => {
    expect(failureOf(() => parseHex(text))).toMatchObject({ code: 'HEX_INVALID', position });
  });

  test('reads back what toHex wrote, with any separator it tolerates', () => {
    const separators = fc.constantFrom('', ' ', '\n', ', ', ' 0x', ',\r\n');
    fc.assert(
      fc.property(bytesAtAnyOffset(64), separators, (bytes, separator) => {
        expect(parseHex(toHex(bytes, separator))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });
  test('gives bytes or a position within the text for any text', () => {
    const unit = fc.constantFrom(...'0123456789abcdefABCDEFxX ,\n\tg😀\\');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const isWellFormed = text
          .split(/[\s,]/)
          .every((group) => /^$|^(0x)?([0-9a-f]{2}|\\x[0-9a-f]{2})+$/i.test(group) && !/^0x\\/i.test(group));
        if (isWellFormed) parseHex(text);
        else expect(failureOf(() => parseHex(text)).position).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
