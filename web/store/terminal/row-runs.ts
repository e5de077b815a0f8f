import type { IBufferCell, IBufferLine } from '@xterm/headless';

/** How a run of text looks: what SGR (ECMA-48 §8.3.117) set. */
export type Style = {
  /** 0–15 of the sixteen colours, or a CSS colour for the rest. */
  readonly color: number | string | undefined;
  readonly background: number | string | undefined;
  readonly isBold: boolean;
  readonly isFaint: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isInverse: boolean;
  readonly isInvisible: boolean;
  readonly isStruck: boolean;
};
/** Cells beside each other that look alike. A character of two cells is a run of its own, so that it can be drawn two cells wide. */
export type Run = { readonly text: string; readonly cells: number; readonly style: Style };

export const PLAIN: Style = {
  color: undefined,
  background: undefined,
  isBold: false,
  isFaint: false,
  isItalic: false,
  isUnderlined: false,
  isInverse: false,
  isInvisible: false,
  isStruck: false,
};

const ASCII_END = 0x80;
const CUBE_START = 16;
const GREY_START = 232;

/** What one row of the terminal's buffer shows, without the cells at its end that nothing was written to. `cell` is overwritten. */
export function rowRuns(line: IBufferLine, cell: IBufferCell): Run[] {
  const runs: GrowingRun[] = [];
  const end = shownLength(line, cell);
  for (let column = 0; column < end; column += 1) {
    line.getCell(column, cell);
    const cells = cell.getWidth();
    if (cells === 0) continue; // the second half of the character before it
    const text = cell.getChars() || ' ';
    const kind = kindOf(text, cells);
    const look = lookOf(cell);
    const last = runs.at(-1);
    const isAlike = last !== undefined && isEqual(last.look, look);
    if (isAlike && kind !== 'wide' && kind === last.kind) {
      last.text += text;
      last.cells += cells;
    } else runs.push({ text, cells, style: isAlike ? last.style : styleOf(cell), kind, look });
  }
  return runs.map((run) => ({ text: run.text, cells: run.cells, style: run.style }));
}

type Kind = 'ascii' | 'narrow' | 'wide';
type GrowingRun = {
  text: string;
  cells: number;
  readonly style: Style;
  readonly kind: Kind;
  readonly look: readonly number[];
};

/** The page's font has ASCII in cells of one width; what other fonts stand in for is to be given its cells. */
function kindOf(text: string, cells: number): Kind {
  if (cells > 1) return 'wide';
  return text.length === 1 && text.charCodeAt(0) < ASCII_END ? 'ascii' : 'narrow';
}

/** Whether anything is to be seen in the row. */
export function isBlank(line: IBufferLine, cell: IBufferCell): boolean {
  return shownLength(line, cell) === 0;
}

function shownLength(line: IBufferLine, cell: IBufferCell): number {
  let end = line.length;
  while (end > 0) {
    line.getCell(end - 1, cell);
    if (cell.getChars() !== '' || cell.getWidth() === 0 || !cell.isBgDefault() || cell.isInverse() !== 0) break;
    end -= 1;
  }
  return end;
}

function lookOf(cell: IBufferCell): readonly number[] {
  return [
    cell.getFgColorMode(),
    cell.getFgColor(),
    cell.getBgColorMode(),
    cell.getBgColor(),
    (cell.isBold() && 1) |
      (cell.isDim() && 2) |
      (cell.isItalic() && 4) |
      (cell.isUnderline() && 8) |
      (cell.isInverse() && 16) |
      (cell.isInvisible() && 32) |
      (cell.isStrikethrough() && 64),
  ];
}
function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, index) => value === b[index]);
}

function styleOf(cell: IBufferCell): Style {
  return {
    color: cell.isFgDefault() ? undefined : colourOf(cell.getFgColor(), cell.isFgRGB()),
    background: cell.isBgDefault() ? undefined : colourOf(cell.getBgColor(), cell.isBgRGB()),
    isBold: cell.isBold() !== 0,
    isFaint: cell.isDim() !== 0,
    isItalic: cell.isItalic() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
    isInverse: cell.isInverse() !== 0,
    isInvisible: cell.isInvisible() !== 0,
    isStruck: cell.isStrikethrough() !== 0,
  };
}

/** Of the 256 colours the first sixteen are the theme's; then come a cube of 6×6×6 and 24 greys, as xterm has them. */
function colourOf(value: number, isRgb: boolean): number | string {
  if (isRgb) return rgb((value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
  if (value < CUBE_START) return value;
  if (value >= GREY_START) {
    const level = 8 + (value - GREY_START) * 10;
    return rgb(level, level, level);
  }
  const cube = value - CUBE_START;
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}
function rgb(red: number, green: number, blue: number): string {
  return `rgb(${red} ${green} ${blue})`;
}
