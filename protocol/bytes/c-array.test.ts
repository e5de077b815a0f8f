import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { bytesAtAnyOffset } from '../testing/arbitraries.ts';
import { askProgram, hasProgram } from '../testing/oracle.ts';
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
  const folder = mkdtempSync(join(tmpdir(), 'c-array-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  fc.assert(
    fc.property(bytesAtAnyOffset(40), (bytes) => {
      writeFileSync(join(folder, 'data'), bytes);
      expect(formatCArray(bytes)).toBe(askProgram('sh', ['-c', `cd '${folder}' && xxd -i data`], new Uint8Array()));
    }),
    { numRuns: 50 },
  );
});
