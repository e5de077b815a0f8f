import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeadless } from './headless.ts';
import { rowRuns, type Style } from './row-runs.ts';
import { TerminalModel } from './terminal-model.ts';
import { CORPUS_COLUMNS, CORPUS_ROWS, OUTPUT_CORPUS } from './testing/output-corpus.ts';

type Shown = { readonly rows: readonly (readonly { text: string; style: Style }[])[]; readonly cursor: object };

async function show(chunks: readonly Uint8Array[]): Promise<{ shown: Shown; rows: readonly string[] }> {
  const model = new TerminalModel();
  model.resize(CORPUS_COLUMNS, CORPUS_ROWS);
  const decoder = new TextDecoder();
  for (const chunk of chunks) model.write(decoder.decode(chunk, { stream: true }));
  await model.text();
  const rows = Array.from({ length: model.rowCount }, (_, index) => model.row(index).runs);
  return {
    shown: { rows, cursor: model.cursor },
    rows: rows.map((runs) => runs.map(({ text }) => text).join('')),
  };
}
const withoutBlankEnd = (rows: readonly string[], cursorRow: number): readonly string[] =>
  rows.slice(
    0,
    Math.max(
      cursorRow,
      rows.findLastIndex((row) => row !== ''),
    ) + 1,
  );

test.for(OUTPUT_CORPUS)('$name', async ({ output, rows }) => {
  const { shown, rows: drawn } = await show([new TextEncoder().encode(output)]);
  expect(withoutBlankEnd(drawn, (shown.cursor as { row: number }).row)).toEqual(rows);
});

test('each cell of xterm’s buffer is in the runs, with its character, its colours and its styles', async () => {
  for (const { name, output } of OUTPUT_CORPUS) {
    const terminal = createHeadless(CORPUS_COLUMNS, CORPUS_ROWS);
    await new Promise<void>((resolve) => terminal.write(output, resolve));
    const cell = terminal.buffer.active.getNullCell();
    for (let row = 0; row < terminal.buffer.active.length; row += 1) {
      const line = terminal.buffer.active.getLine(row) as IBufferLine;
      const runs = rowRuns(line, cell);
      const ours = runs.flatMap(({ text, style }) => [...segments(text)].map((character) => ({ character, ...style })));
      expect(ours, `${name}, row ${row}`).toEqual(cellsOf(terminal, row).slice(0, ours.length));
      const rest = cellsOf(terminal, row).slice(ours.length);
      expect(rest.every(({ character, background, isInverse }) => character === ' ' && !background && !isInverse)).toBe(
        true,
      );
      expect(line.translateToString(true), name).toBe(
        runs
          .map(({ text }) => text)
          .join('')
          .slice(0, line.translateToString(true).length),
      );
    }
  }
});

test('however the bytes are cut, the screen is the same', async () => {
  const samples = OUTPUT_CORPUS.map(({ output }) => new TextEncoder().encode(output));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), fc.array(fc.nat(), { maxLength: 8 }), async (bytes, numbers) => {
      const cuts = [0, ...numbers.map((number) => number % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
      expect((await show(chunks)).shown).toEqual((await show([bytes])).shown);
    }),
    { numRuns: 100 },
  );
  for (const bytes of samples) {
    const atOnce = await show([bytes]);
    const one = await show(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(one.shown).toEqual(atOnce.shown);
  }
});

/** Of what one cell each has; the samples have no other clusters. */
function segments(text: string): string[] {
  return text.match(/.(?:\p{M}|\u200d)*/gsu) ?? [];
}

/** Cell by cell, as xterm's own interface gives them. */
function cellsOf(terminal: Terminal, row: number) {
  const line = terminal.buffer.active.getLine(row) as IBufferLine;
  return Array.from({ length: line.length }, (_, column) => line.getCell(column) as IBufferCell)
    .filter((cell) => cell.getWidth() > 0)
    .map((cell) => ({
      character: cell.getChars() || ' ',
      color: cell.isFgDefault() ? undefined : colour(cell.getFgColor(), cell.isFgRGB()),
      background: cell.isBgDefault() ? undefined : colour(cell.getBgColor(), cell.isBgRGB()),
      isBold: Boolean(cell.isBold()),
      isFaint: Boolean(cell.isDim()),
      isItalic: Boolean(cell.isItalic()),
      isUnderlined: Boolean(cell.isUnderline()),
      isInverse: Boolean(cell.isInverse()),
      isInvisible: Boolean(cell.isInvisible()),
      isStruck: Boolean(cell.isStrikethrough()),
    }));
}
/** Those of xterm's 256 colours that the samples have (its palette: 208 is #ff8700, 240 is #585858). */
const PALETTE: Readonly<Record<number, string>> = { 208: 'rgb(255 135 0)', 240: 'rgb(88 88 88)' };
function colour(value: number, isRgb: boolean): number | string {
  if (isRgb) return `rgb(${value >> 16} ${(value >> 8) & 0xff} ${value & 0xff})`;
  return PALETTE[value] ?? value;
}
