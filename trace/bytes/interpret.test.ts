import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { askPython, hasPython } from '../testing/oracle.ts';
import { toHex } from './hex.ts';
import { formatReading, interpret, NUMBER_TYPES, type NumberType } from './interpret.ts';

/** Each type as the struct module writes it. */
const STRUCT_LETTER: Record<NumberType, string> = {
  int8: 'b',
  uint8: 'B',
  int16: 'h',
  uint16: 'H',
  int32: 'i',
  uint32: 'I',
  int64: 'q',
  uint64: 'Q',
  float32: 'f',
  float64: 'd',
};

test('reads from the first byte on, in both byte orders', () => {
  const { numbers, utf8, binary } = interpret(Uint8Array.of(0x80, 0x01, 0x02));
  expect(numbers.slice(0, 5)).toEqual([
    { type: 'int8', size: 1, bigEndian: -128, littleEndian: -128 },
    { type: 'uint8', size: 1, bigEndian: 128, littleEndian: 128 },
    { type: 'int16', size: 2, bigEndian: -32_767, littleEndian: 384 },
    { type: 'uint16', size: 2, bigEndian: 32_769, littleEndian: 384 },
    { type: 'int32', size: 4, bigEndian: undefined, littleEndian: undefined },
  ]);
  expect(utf8).toBeUndefined();
  expect(binary).toBe('10000000 00000001 00000010');
});

test('nothing selected is no number and no text', () => {
  const { numbers, utf8, binary } = interpret(new Uint8Array());
  expect(numbers.map(({ bigEndian }) => bigEndian)).toEqual(NUMBER_TYPES.map(() => undefined));
  expect(utf8).toBe('');
  expect(binary).toBe('');
});

test('text where the whole selection is well-formed; no more than eight bytes of bits', () => {
  expect(interpret(Buffer.from('héllo 你好')).utf8).toBe('héllo 你好');
  expect(interpret(Buffer.from('你好').subarray(0, 5)).utf8).toBeUndefined();
  expect(interpret(new Uint8Array(20)).binary.split(' ')).toHaveLength(8);
});

test.skipIf(!hasPython)('reads what CPython reads with struct', () => {
  const program = `
import struct
def read(order, letter, data):
    size = struct.calcsize(order + letter)
    return repr(struct.unpack(order + letter, data[:size])[0]) if len(data) >= size else None
answers = [[[read(order, letter, bytes.fromhex(case)) for order in '><'] for letter in '${NUMBER_TYPES.map((type) => STRUCT_LETTER[type]).join('')}'] for case in cases]`;
  const asPython = (value: number | bigint | undefined): number | bigint | null => value ?? null;
  fc.assert(
    fc.property(fc.array(bytesAtAnyOffset(10), { minLength: 300, maxLength: 300 }), (cases) => {
      const answers = askPython(
        program,
        cases.map((bytes) => toHex(bytes)),
      ) as (string | null)[][][];
      cases.forEach((bytes, at) => {
        const ours = interpret(bytes).numbers.map(({ bigEndian, littleEndian }) =>
          [bigEndian, littleEndian].map(asPython),
        );
        const theirs = (answers[at] as (string | null)[][]).map((pair, row) =>
          pair.map((text) => readPythonNumber(text, NUMBER_TYPES[row] as NumberType)),
        );
        expect(ours).toEqual(theirs);
      });
    }),
    { numRuns: 1, endOnFailure: true },
  );
});

function readPythonNumber(text: string | null, type: NumberType): number | bigint | null {
  if (text === null) return null;
  if (type.endsWith('64') && type !== 'float64') return BigInt(text);
  return Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
}

describe('formatReading', () => {
  test.each([
    ['float32', Math.fround(0.1), '0.1'],
    ['float32', Math.fround(3.4028234663852886e38), '3.4028235e+38'],
    ['float32', Math.fround(1.401298464324817e-45), '1e-45'],
    ['float32', 16_777_216, '16777216'],
    ['float32', -0, '-0'],
    ['float32', Number.NaN, 'NaN'],
    ['float32', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['float64', 0.1, '0.1'],
    ['float64', -0, '-0'],
    ['uint64', 18_446_744_073_709_551_615n, '18446744073709551615'],
    ['int8', -1, '-1'],
  ] as const)('%s %d is %s', (type, value, text) => {
    expect(formatReading(type, value)).toBe(text);
  });
  test('a float32 is read back from what is written, never longer than its float64 form', () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        const text = formatReading('float32', value);
        expect(Math.fround(Number(text))).toBe(value);
        expect(text.length).toBeLessThanOrEqual(Math.max(4, formatReading('float64', value).length));
      }),
    );
  });
});
