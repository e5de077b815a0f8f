import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAtAnyOffset } from '../../../protocol/testing/arbitraries.ts';
import { failureOf } from '../../../protocol/testing/failures.ts';
import { askProgram, askPython, hasProgram, hasPython } from '../../testing/oracle.ts';
import { compileC, start, temporaryFolder } from '../../testing/programs.ts';
import * as literal from './literal.ts';

/** Text of every kind: controls, quotes, backslashes, bidi, astral, line separators. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '\\',
      "'",
      '"',
      '`',
      '$',
      '(',
      '!',
      '\n',
      '\r',
      '\t',
      '\0',
      '?',
      '/',
      '7',
      'é',
      '\u2028',
      '\u202e',
      '😀',
    ),
  }),
);
const anyBytes = fc.oneof(
  bytesAtAnyOffset(80),
  fc
    .array(fc.constantFrom(0x00, 0x07, 0x0a, 0x0d, 0x22, 0x27, 0x2f, 0x3f, 0x37, 0x5c, 0x78, 0xff), { maxLength: 40 })
    .map((units) => Uint8Array.from(units)),
);
/** One draw of many, so that a language is started once. */
const drawn = <Value>(values: fc.Arbitrary<Value>): Value[] => fc.sample(values, { numRuns: 300, seed: 7 });
const PRINTABLE = /^[ -~]*$/;

test('nothing but printable ASCII ever stands in a program', () => {
  fc.assert(
    fc.property(anyText, anyBytes, (text, bytes) => {
      const written = [literal.pythonString(text), literal.javascriptString(text), literal.cString(text)];
      written.push(literal.pythonBytes(bytes), literal.javascriptBytes(bytes), literal.cBytes(bytes));
      if (!text.includes('\0')) written.push(literal.shellWord(text));
      for (const each of written) expect(each).toMatch(PRINTABLE);
    }),
  );
});

test('rows are short, break after line feeds, and join to the same bytes', () => {
  fc.assert(
    fc.property(fc.oneof(anyBytes, bytesAtAnyOffset(500)), (bytes) => {
      const rows = literal.rowsOf(bytes);
      expect(Buffer.concat(rows)).toEqual(Buffer.from(bytes));
      for (const row of rows) {
        expect(row.length).toBeLessThanOrEqual(64);
        expect(row.subarray(0, -1)).not.toContain(0x0a);
      }
    }),
  );
});

test('JavaScript reads back what was written', () => {
  fc.assert(
    fc.property(anyText, anyBytes, (text, bytes) => {
      expect(runInNewContext(literal.javascriptString(text))).toBe(text);
      expect(Buffer.from(runInNewContext(literal.javascriptBytes(bytes)), 'latin1')).toEqual(Buffer.from(bytes));
    }),
  );
});

test.skipIf(!hasPython)('Python reads back what was written', () => {
  const texts = drawn(anyText);
  const chunks = drawn(anyBytes);
  const cases = [...texts.map(literal.pythonString), ...chunks.map(literal.pythonBytes)];
  const evaluate =
    'value = lambda v: v.hex() if isinstance(v, bytes) else v\nimport ast\nanswers = [value(ast.literal_eval(c)) for c in cases]';
  expect(askPython(evaluate, cases)).toEqual([...texts, ...chunks.map((bytes) => Buffer.from(bytes).toString('hex'))]);
});

test.skipIf(!hasProgram('bash', ['--version'], /bash/))('bash reads back what was written', () => {
  const texts = drawn(anyText).filter((text) => !text.includes('\0'));
  const script = `printf '%s\\0' ${texts.map(literal.shellWord).join(' ')}`;
  expect(askProgram('bash', ['-s'], Buffer.from(script)).split('\0')).toEqual([...texts, '']);
});

test('a NUL cannot be a word of the shell', () => {
  expect(failureOf(() => literal.shellWord('a\0b'))).toMatchObject({ code: 'UNSUPPORTED' });
});

describe.skipIf(!hasProgram('cc', ['--version'], /\d/))('C', () => {
  test('reads back what was written', async () => {
    const chunks = [...drawn(anyBytes), ...drawn(anyText).map((text) => new TextEncoder().encode(text))];
    const path = join(temporaryFolder(), 'literals.c');
    const prints = chunks.map((bytes) => `  fwrite(${literal.cBytes(bytes)}, 1, ${bytes.length}, stdout);`);
    writeFileSync(path, ['#include <stdio.h>', 'int main(void) {', ...prints, '  return 0;', '}'].join('\n'));
    const [program] = await compileC(path);
    const { stdout } = await start(program, []).done;
    expect(stdout.equals(Buffer.concat(chunks))).toBe(true);
  });
});
