import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { askForEach, hasProgram } from '../testing/oracle.ts';
import { formatCArray } from './c-array.ts';
import { parseHex } from './hex.ts';

test('twelve a row, and the length', () => {
  expect(formatCArray(Buffer.from('hello, world!'), 'greeting')).toBe(
    'unsigned char greeting[] = {\n' +
      '  0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x2c, 0x20, 0x77, 0x6f, 0x72, 0x6c, 0x64,\n' +
      '  0x21\n' +
      '};\n' +
      'unsigned int greeting_len = 13;\n',
  );
});

test('its numbers can be pasted where hex is typed', () => {
  fc.assert(
    fc.property(bytesAtAnyOffset(40), (bytes) => {
      const body = formatCArray(bytes).split(/[{}]/)[1] as string;
      expect(parseHex(body)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

test.skipIf(!hasProgram('xxd', ['--version'], /xxd/))('prints what xxd -i prints', () => {
  fc.assert(
    fc.property(fc.array(bytesAtAnyOffset(40), { minLength: 50, maxLength: 50 }), (inputs) => {
      expect(inputs.map((bytes) => formatCArray(bytes))).toEqual(askForEach('xxd -i data', inputs));
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
