import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../protocol/testing/arbitraries.ts';
import { askForEach, hasProgram } from '../testing/oracle.ts';
import { formatHexDump, formatHexDumpRow } from './format-hex-dump.ts';

const hasHexdump = hasProgram('hexdump', ['--version'], /util-linux/);

test('no bytes print nothing', () => {
  expect(formatHexDump(new Uint8Array())).toBe('');
});
test('rows of 16 in two halves, ASCII between bars, the length last', () => {
  expect(formatHexDump(Buffer.from('hello python\r\n\0~\x7f\xff', 'latin1'))).toBe(
    '00000000  68 65 6c 6c 6f 20 70 79  74 68 6f 6e 0d 0a 00 7e  |hello python...~|\n' +
      '00000010  7f ff                                             |..|\n' +
      '00000012\n',
  );
});
test('equal rows are squeezed, but not one that the end cuts short', () => {
  expect(formatHexDump(Buffer.alloc(50, 'a'))).toBe(
    '00000000  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\n' +
      '*\n' +
      '00000030  61 61                                             |aa|\n' +
      '00000032\n',
  );
});
test('a row of its own may begin anywhere', () => {
  expect(formatHexDumpRow(Uint8Array.of(0x41), 0x1_0000_0000)).toBe(
    '100000000  41                                                |A|',
  );
});

/** Rows of few values, so that many are equal and in a row. */
const repetitive = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(0, 0x61, 0xff), fc.integer({ min: 1, max: 4 })), { maxLength: 6 }),
    fc.nat(15),
  )
  .map(([runs, cut]) => {
    const bytes = Uint8Array.from(runs.flatMap(([value, rows]) => new Array<number>(rows * 16).fill(value)));
    return bytes.subarray(0, Math.max(0, bytes.length - cut));
  });

test.skipIf(!hasHexdump)('prints what hexdump -C prints', () => {
  const cases = fc.array(fc.oneof(bytesAtAnyOffset(80), repetitive), { minLength: 100, maxLength: 100 });
  fc.assert(
    fc.property(cases, (inputs) => {
      expect(inputs.map(formatHexDump)).toEqual(askForEach('hexdump -C data', inputs));
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
