import type { IBuffer, IBufferCell, IMarker, Terminal } from '@xterm/headless';
import { createHeadless, SCROLLBACK_ROWS } from './headless.ts';
import { isBlank, PLAIN, type Run, rowRuns } from './row-runs.ts';

/** One row of the screen or of what scrolled out of it. `isNote`: the page wrote it, not the program. */
export type Row = { readonly runs: readonly Run[]; readonly isNote: boolean };
export type Cursor = { readonly row: number; readonly column: number };

/** CAN (ECMA-48 §8.3.6): a sequence that the program has not finished ends here, and is not text. */
const CANCEL = '\x18';
const LEAVE_ALTERNATE_SCREEN = '\x1b[?1049l';
/** DECSTR: the scroll region, styles and modes of a program that has ended are not the next one's. */
const SOFT_RESET = '\x1b[!p';

/** What xterm holds of one terminal, as rows that a page draws: 0 is the oldest that is kept. */
export class TerminalBuffer {
  readonly #terminal: Terminal;
  readonly #cell: IBufferCell;
  #notes: { readonly marker: IMarker; readonly cellsMax: number }[] = [];
  /** The last row above the screen, and where it stood: what it moved by since then is what was dropped at the top. */
  #anchor: { readonly marker: IMarker; readonly row: number } | undefined;
  #dropped = 0;
  #isCut = false;

  constructor(columns: number, rows: number) {
    this.#terminal = createHeadless(columns, rows);
    this.#cell = this.#terminal.buffer.active.getNullCell();
  }

  get #active(): IBuffer {
    return this.#terminal.buffer.active;
  }
  get columns(): number {
    return this.#terminal.cols;
  }
  get screenRows(): number {
    return this.#terminal.rows;
  }
  /** A screen that rows scrolled out of is shown whole, blank rows too; before, what lies below its text is not. */
  get rowCount(): number {
    const { baseY } = this.#active;
    return baseY > 0 ? baseY + this.#terminal.rows : this.#textEnd();
  }
  get cursor(): Cursor {
    const { baseY, cursorX, cursorY } = this.#active;
    return { row: baseY + cursorY, column: cursorX };
  }
  /** Rows that went at the top so far: the index of each other row has become smaller by as many. */
  get dropped(): number {
    return this.#dropped;
  }
  /** Whether rows went because no more are kept, since the last `clear`. */
  get isCut(): boolean {
    return this.#isCut;
  }

  row(index: number): Row {
    const line = this.#active.getLine(index);
    if (!line) return { runs: [], isNote: false };
    const runs = rowRuns(line, this.#cell);
    if (!this.#isNote(index)) return { runs, isNote: false };
    // It stands in the style that the program left, which is not the page's.
    return { runs: runs.map((run) => ({ ...run, style: PLAIN })), isNote: true };
  }
  /** All of it as plain text; rows that are one line only broken at the width are one line here. */
  text(): string {
    const lines: string[] = [];
    const end = this.#textEnd();
    for (let index = 0; index < end; index += 1) {
      const line = this.#active.getLine(index);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped && lines.length > 0) lines.push((lines.pop() as string) + text);
      else lines.push(text);
    }
    return lines.join('\n');
  }

  /** At most `PIECE_LENGTH` at a time, so that no write drops more rows than are kept. */
  write(text: string, onParsed: () => void): void {
    this.#terminal.write(text, () => {
      this.#countDropped();
      onParsed();
    });
  }
  /** A line of the page's own, on rows that nothing else stands on. Between writes alone. */
  note(text: string, onParsed: () => void): void {
    this.#terminal.write(CANCEL + this.#toFreeRow(), () => {
      const marker = this.#terminal.registerMarker(0);
      if (marker) this.#notes.push({ marker, cellsMax: 2 * text.length });
      this.write(`${text}\n`, onParsed);
    });
  }
  /** The program has ended: what it changed of the terminal itself is undone, what it printed stays. Between writes alone. */
  release(onParsed: () => void): void {
    const leave = this.#active.type === 'alternate' ? LEAVE_ALTERNATE_SCREEN : '';
    this.write(CANCEL + leave + SOFT_RESET, onParsed);
  }
  /** Leaves the row that the cursor is in, as a shell does for Ctrl+L. Between writes alone. */
  clear(): void {
    this.#dropped += this.cursor.row;
    this.#isCut = false;
    this.#terminal.clear();
    for (const { marker } of this.#notes.splice(0)) marker.dispose();
    this.#moveAnchor();
  }
  /** Between writes alone. */
  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    // Rows are broken anew: which of them were dropped by that is not told.
    this.#moveAnchor();
  }

  /** Behind the last row with text and the cursor's. */
  #textEnd(): number {
    const { baseY, cursorY } = this.#active;
    let end = baseY + this.#terminal.rows;
    while (end > baseY + cursorY + 1) {
      const line = this.#active.getLine(end - 1);
      if (line && !isBlank(line, this.#cell)) break;
      end -= 1;
    }
    return end;
  }
  #toFreeRow(): string {
    const { row, column } = this.cursor;
    const down = this.#textEnd() - 1 - row;
    if (down > 0) return `\x1b[${down}B\n`;
    const line = this.#active.getLine(row);
    return column > 0 || (line && !isBlank(line, this.#cell)) ? '\n' : '';
  }
  #isNote(index: number): boolean {
    if (this.#active.type !== 'normal') return false;
    return this.#notes.some(({ marker, cellsMax }) => {
      const first = marker.line;
      if (index < first || (index - first) * (this.columns - 1) > cellsMax) return false;
      for (let row = index; row > first; row -= 1) if (!this.#active.getLine(row)?.isWrapped) return false;
      return true;
    });
  }

  #countDropped(): void {
    if (this.#active.type !== 'normal') return;
    if (this.#anchor) {
      const { marker, row } = this.#anchor;
      // Gone itself: more was dropped than one piece prints, or the program erased the scrollback, which leaves it short.
      const isErased = marker.isDisposed && this.#active.baseY < SCROLLBACK_ROWS;
      const dropped = row - (marker.isDisposed ? -1 : marker.line);
      this.#dropped += dropped;
      if (dropped > 0 && !isErased) this.#isCut = true;
    }
    this.#moveAnchor();
  }
  #moveAnchor(): void {
    this.#anchor?.marker.dispose();
    this.#anchor = undefined;
    this.#notes = this.#notes.filter(({ marker }) => !marker.isDisposed);
    const { baseY, cursorY, type } = this.#active;
    if (type !== 'normal' || baseY === 0) return;
    const marker = this.#terminal.registerMarker(-1 - cursorY);
    if (marker) this.#anchor = { marker, row: marker.line };
  }
}
