import { expect, test } from 'vitest';
import { SCROLLBACK_ROWS } from './headless.ts';
import { TerminalModel } from './terminal-model.ts';
import { PIECE_LENGTH } from './write-queue.ts';

function createTerminal(columns = 20, rows = 6): TerminalModel {
  const model = new TerminalModel();
  model.resize(columns, rows);
  return model;
}
/** Once all that was written is parsed. */
async function rowsOf(model: TerminalModel): Promise<readonly string[]> {
  await model.text();
  return Array.from({ length: model.rowCount }, (_, index) => textOf(model, index));
}
const textOf = (model: TerminalModel, index: number): string =>
  model
    .row(index)
    .runs.map(({ text }) => text)
    .join('');
const noteRows = (model: TerminalModel): readonly number[] =>
  Array.from({ length: model.rowCount }, (_, index) => index).filter((index) => model.row(index).isNote);
const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

test('output, notes and typed lines stand in the order of the calls', async () => {
  const model = createTerminal();
  model.write('name? ');
  model.echo('Ada');
  model.write('hello Ada\n');
  model.note('a note');
  model.write('more\n'.repeat(3_000));
  model.echo('typed');
  model.end('ended with code 0');
  const text = await model.text();
  expect(text.startsWith('name? Ada\nhello Ada\na note\nmore\nmore\n')).toBe(true);
  expect(text.endsWith('more\nmore\ntyped\nended with code 0\n')).toBe(true);
});

test('a note has rows of its own, without the style that the program left', async () => {
  const model = createTerminal();
  model.write('\x1b[41;1mred');
  model.note('a note that is longer than a row');
  model.write('red again');
  expect(await rowsOf(model)).toEqual(['red', 'a note that is longe', 'r than a row', 'red again']);
  expect(noteRows(model)).toEqual([1, 2]);
  expect(model.row(1).runs[0]?.style.background).toBeUndefined();
  expect(model.row(3).runs[0]?.style).toMatchObject({ background: 1, isBold: true });
});

test('what looks like a note is none when the program prints it', async () => {
  const model = createTerminal();
  model.write('\x1b[2;3mended with code 0\x1b[0m\n');
  await model.text();
  expect(noteRows(model)).toEqual([]);
});

test('a note overwrites nothing, wherever the cursor is', async () => {
  for (const [output, ...shown] of [
    ['50 %\r', '50 %'],
    ['a\nb\nc\x1b[2A', 'a', 'b', 'c'],
    ['unfinished \x1b[3', 'unfinished '],
    ['unfinished \x1b]0;title', 'unfinished '],
  ] as const) {
    const model = createTerminal();
    model.write(output);
    model.end('ended');
    expect(await rowsOf(model), output).toEqual([...shown, 'ended', '']);
  }
});

test('the next program has a terminal without the modes of the one before', async () => {
  const model = createTerminal();
  model.write('kept\n\x1b[?1049h\x1b[2;3r\x1b[?6h\x1b[31m\x1b(0inside');
  model.end('ended');
  model.write(`next q\n${numbered(1, 6)}`);
  const rows = await rowsOf(model);
  expect(rows.slice(0, 3)).toEqual(['kept', 'ended', 'next q']);
  expect(rows.at(-2)).toBe('line 6');
  expect(model.row(2).runs[0]?.style.color).toBeUndefined();
});

test('ten thousand rows above the screen are kept, and it is said when older ones went', async () => {
  const model = createTerminal();
  model.write(numbered(1, SCROLLBACK_ROWS + 5));
  expect((await rowsOf(model))[0]).toBe('line 1');
  expect(model.isCut).toBe(false);
  model.write(numbered(SCROLLBACK_ROWS + 6, SCROLLBACK_ROWS + 2_105));
  expect((await rowsOf(model))[0]).toBe('line 2101');
  expect(model.rowCount).toBe(SCROLLBACK_ROWS + 6);
  expect(model.dropped).toBe(2_100);
  expect(model.isCut).toBe(true);
  model.clear();
  expect(await rowsOf(model)).toEqual(['']);
  expect(model.isCut).toBe(false);
});

test('rows that went are counted over the alternate screen and over an erased scrollback', async () => {
  const model = createTerminal();
  model.write(numbered(1, SCROLLBACK_ROWS + 5));
  model.write(`\x1b[?1049h${'inside\n'.repeat(50)}\x1b[?1049l${numbered(1, 70)}`);
  await model.text();
  expect(model.dropped).toBe(70);
  const short = createTerminal();
  short.write(numbered(1, 100));
  short.write('\x1b[3J');
  await short.text();
  expect(short.isCut).toBe(false);
});

test('a note keeps its mark while rows above it go, and goes with its row', async () => {
  const model = createTerminal();
  model.note('a note');
  model.write(numbered(1, SCROLLBACK_ROWS + 4));
  await model.text();
  expect(noteRows(model)).toEqual([0]);
  model.write('\n');
  await model.text();
  expect(noteRows(model)).toEqual([]);
});

test('clear leaves the row of the cursor, as Ctrl+L does in a shell', async () => {
  const model = createTerminal();
  model.write('old\n');
  model.note('a note');
  model.write('name? ');
  model.clear();
  model.write('and on');
  expect(await rowsOf(model)).toEqual(['name? and on']);
  expect(noteRows(model)).toEqual([]);
});

test('after a reset comes nothing of what was written before', async () => {
  const model = createTerminal();
  model.write(`\x1b[31m${'old\n'.repeat(10_000)}`);
  model.reset();
  model.write('new');
  expect(await rowsOf(model)).toEqual(['new']);
  expect(model.row(0).runs[0]?.style.color).toBeUndefined();
});

test('rows are broken anew when the width changes, and lines stay lines', async () => {
  const model = createTerminal(4);
  model.write('abcdef\n你好吗\n');
  expect(await rowsOf(model)).toEqual(['abcd', 'ef', '你好', '吗', '']);
  model.resize(6, 6);
  expect(await rowsOf(model)).toEqual(['abcdef', '你好吗', '']);
  model.resize(3, 6);
  expect(await model.text()).toBe('abcdef\n你好吗\n');
});

test('a screen that rows scrolled out of is shown whole: what a program clears stays cleared', async () => {
  const model = createTerminal();
  model.write(`${numbered(1, 9)}\x1b[2J\x1b[Hnew`);
  const rows = await rowsOf(model);
  expect(rows.slice(-6)).toEqual(['new', '', '', '', '', '']);
  expect(model.cursor).toEqual({ row: rows.length - 6, column: 3 });
});

test('control characters that are typed are echoed with a caret', async () => {
  const model = createTerminal();
  model.echo('a\x1b[31mb\tc\x7f');
  expect(await rowsOf(model)).toEqual(['a^[[31mb        c^?', '']);
});

test('of a line of two million characters what is kept is parsed, in pieces, each of them told', async () => {
  const model = createTerminal(80);
  let told = 0;
  model.subscribe(() => {
    told += 1;
  });
  model.write('x'.repeat(2_000_000));
  await model.text();
  expect(model.cursor.column).toBe(80);
  // The first row, those of the screen and those above it.
  expect(told).toBe(Math.ceil((80 * (1 + 6 + SCROLLBACK_ROWS)) / PIECE_LENGTH));
});
