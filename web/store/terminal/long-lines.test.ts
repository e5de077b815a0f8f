import { expect, test } from 'vitest';
import { SCROLLBACK_ROWS } from './headless.ts';
import { withoutScrolledOut } from './long-lines.ts';
import { TerminalModel } from './terminal-model.ts';

const COLUMNS = 7;
const ROWS = 4;
const KEPT = COLUMNS * (SCROLLBACK_ROWS + ROWS);
const digits = (count: number): string => '0123456789'.repeat(Math.ceil(count / 10)).slice(0, count);

async function show(writes: readonly string[]): Promise<object> {
  const model = new TerminalModel();
  model.resize(COLUMNS, ROWS);
  for (const text of writes) model.write(text);
  const text = await model.text();
  const rows = Array.from({ length: model.rowCount }, (_, index) => model.row(index));
  return { text, rows, cursor: model.cursor, isCut: model.isCut };
}

test.for([
  ['a line', digits(2 * KEPT + 3)],
  ['a line behind others, in colour', `one\ntwo \x1b[31m${digits(2 * KEPT + 3)}\x1b[0m end\nnext\n`],
  ['two lines', `${digits(KEPT + 40)}\n${digits(KEPT + 40)}\nend`],
  ['a line with what takes two cells', `${digits(KEPT + 100)}你好${digits(KEPT + 41)}`],
  ['a line within a region of two rows', `above\n\x1b[1;2r${digits(2 * KEPT)}\x1b[r`],
])('%s shows what it would show whole', async ([, text]) => {
  const whole = text as string;
  // What is written in parts, each shorter than what is kept, is parsed whole.
  const parts = whole.match(/[\s\S]{1,10000}/g) ?? [];
  expect(withoutScrolledOut(whole, COLUMNS, SCROLLBACK_ROWS + ROWS).length).toBeLessThan(whole.length);
  expect(await show([whole])).toEqual(await show(parts));
});

test('lines that are kept are left as they are', () => {
  const lines = `${digits(1_000)}\n`.repeat(100);
  expect(withoutScrolledOut(lines, 10, 200)).toBe(lines);
  expect(withoutScrolledOut(digits(2_000), 10, 200)).toBe(digits(2_000));
});
