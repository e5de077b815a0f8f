import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pythonBytesRepr } from './python-repr.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Reads lines of hex, prints the repr of each. */
const REPR_OF_EACH_LINE = 'import sys\nfor line in sys.stdin: print(repr(bytes.fromhex(line)))';

function pythonRepr(values: readonly Uint8Array[]): string[] {
  const input = values.map((bytes) => `${Buffer.from(bytes).toString('hex')}\n`).join('');
  const { stdout, status } = spawnSync('python3', ['-c', REPR_OF_EACH_LINE], { input, encoding: 'latin1' });
  expect(status).toBe(0);
  return stdout.split('\n').slice(0, -1);
}

const text = (value: string) => new TextEncoder().encode(value);

describe('pythonBytesRepr', () => {
  test.each([
    ['', "b''"],
    ['hello python', "b'hello python'"],
    ["it's", `b"it's"`],
    ['say "hi"', `b'say "hi"'`],
    [`it's "it"`, `b'it\\'s "it"'`],
    ['back\\slash', "b'back\\\\slash'"],
    ['\t\n\r', "b'\\t\\n\\r'"],
    ['\u0000\u001b\u007f', "b'\\x00\\x1b\\x7f'"],
    ['你', "b'\\xe4\\xbd\\xa0'"],
  ])('%j', (value, expected) => {
    expect(pythonBytesRepr(text(value))).toBe(expected);
  });

  test('all 256 values in one', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const control = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `\\x${(from + index).toString(16).padStart(2, '0')}`).join('');
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
    expect(pythonBytesRepr(all)).toBe(
      `b'${control(0, 9)}\\t\\n${control(11, 13)}\\r${control(14, 32)}${printable
        .replace('\\', '\\\\')
        .replace("'", "\\'")}${control(127, 256)}'`,
    );
  });

  test.skipIf(!hasPython)('is what python3 prints, for every byte alone and beside either quote', () => {
    const values = Array.from({ length: 256 }, (_, byte) => byte).flatMap((byte) => [
      Uint8Array.of(byte),
      Uint8Array.of(byte, 0x27),
      Uint8Array.of(byte, 0x22),
      Uint8Array.of(0x27, byte, 0x22),
    ]);
    expect(values.map(pythonBytesRepr)).toEqual(pythonRepr(values));
  });

  test.skipIf(!hasPython)('is what python3 prints, for bytes drawn at random', () => {
    const values = fc.sample(fc.uint8Array({ maxLength: 64 }), { numRuns: 500, seed: 20160915 });
    expect(values.map(pythonBytesRepr)).toEqual(pythonRepr(values));
  });
});
