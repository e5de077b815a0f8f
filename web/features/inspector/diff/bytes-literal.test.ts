import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonBytesRepr } from '../../../../protocol/python-repr.ts';
import { readBytesLiteral } from './bytes-literal.ts';

const read = (text: string): number[] | undefined => readBytesLiteral(text, 0, text.length)?.map(({ byte }) => byte);

test('what Python wrote is read back, byte by byte, each where it stands', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = pythonBytesRepr(bytes);
      const found = readBytesLiteral(text, 0, text.length) ?? [];
      expect(found.map(({ byte }) => byte)).toEqual(Array.from(bytes));
      expect(found.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text.slice(2, -1));
    }),
  );
});

test('a literal that is cut short is read as far as it is whole', () => {
  expect(read("b'ab\\xe")).toEqual([0x61, 0x62]);
  expect(read("b'ab\\")).toEqual([0x61, 0x62]);
  expect(read("b'")).toEqual([]);
});

test('what is none is none', () => {
  expect(read('hello')).toBeUndefined();
  expect(read('')).toBeUndefined();
});
