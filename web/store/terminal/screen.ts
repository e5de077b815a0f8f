import { nextStyle, PLAIN, type Style } from './ansi.ts';
import { fittingLength, textWidth } from './text-width.ts';

export type Run = { readonly text: string; readonly style: Style };
/** One row of the screen. `isContinued`: the line goes on in the next row, it was only too long for this one. */
export type Row = { readonly runs: readonly Run[]; readonly isContinued: boolean };

export const LINES_MAX = 100_000;
/** Dropped at once past the limit, so that dropping costs nothing per line. */
const LINES_DROPPED = 10_000;
const TAB_CELLS = 8;

// CSI sequences, other escapes, control characters: what is not text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal's input is made of.
const CONTROL = /\x1b\[([0-9;:?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|[\x00-\x1f\x7f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence that is not whole yet.
const UNFINISHED = /\x1b(?:\[[0-9;:?]*|\][^\x07\x1b]*)?$/;

/**
 * What a program has printed, as rows of a terminal of a given width. Grows at its end alone: programs here print lines, they
 * draw no windows. A carriage return starts the last line anew, so that progress bars work.
 */
export class Screen {
  readonly #lines: Run[][] = [[]];
  #rows: Row[] = [];
  /** Rows before this one are final; those of the last line are made anew when it grows. */
  #settledRows = 0;
  #columns: number;
  #style: Style = PLAIN;
  #pending = '';
  #isReturned = false;
  #dropped = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#layOut();
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }
  /** Lines that were dropped because there were too many. */
  get dropped(): number {
    return this.#dropped;
  }

  write(text: string): void {
    const whole = this.#pending + text;
    const unfinished = UNFINISHED.exec(whole)?.[0] ?? '';
    this.#pending = unfinished.length < 256 ? unfinished : '';
    const input = whole.slice(0, whole.length - unfinished.length);
    let from = 0;
    for (const match of input.matchAll(CONTROL)) {
      this.#print(input.slice(from, match.index));
      this.#control(match[0], match[1] ?? '', match[2]);
      from = match.index + match[0].length;
    }
    this.#print(input.slice(from));
    this.#layOut();
  }
  /** Something of our own, on a line of its own, that no escape of the program's reaches. */
  note(text: string, style: Style): void {
    if ((this.#lines.at(-1)?.length ?? 0) > 0) this.#newLine();
    this.#lines.at(-1)?.push({ text, style });
    this.#newLine();
    this.#style = PLAIN;
    this.#layOut();
  }
  clear(): void {
    this.#lines.length = 0;
    this.#lines.push([]);
    this.#style = PLAIN;
    this.#pending = '';
    this.#relayOut();
  }
  resize(columns: number): void {
    if (columns === this.#columns || columns < 1) return;
    this.#columns = columns;
    this.#relayOut();
  }

  /** All of it as plain text. */
  text(): string {
    return this.#lines.map((line) => line.map((run) => run.text).join('')).join('\n');
  }

  #print(text: string): void {
    if (text === '') return;
    if (this.#isReturned) {
      this.#isReturned = false;
      this.#lines[this.#lines.length - 1] = [];
    }
    const line = this.#lines.at(-1) as Run[];
    const last = line.at(-1);
    if (last && last.style === this.#style) line[line.length - 1] = { text: last.text + text, style: last.style };
    else line.push({ text, style: this.#style });
  }
  #control(sequence: string, parameters: string, final: string | undefined): void {
    if (final === 'm') this.#style = nextStyle(this.#style, parameters.split(/[;:]/).map(Number));
    else if (final === 'K') this.#lines[this.#lines.length - 1] = parameters === '1' ? (this.#lines.at(-1) ?? []) : [];
    else if (final === 'J' && parameters.startsWith('2')) this.clear();
    else if (sequence === '\n') {
      this.#isReturned = false;
      this.#newLine();
    } else if (sequence === '\r') this.#isReturned = true;
    else if (sequence === '\b') this.#backspace();
    else if (sequence === '\t') {
      const at = (this.#lines.at(-1) as Run[]).reduce((sum, run) => sum + textWidth(run.text), 0);
      this.#print(' '.repeat(TAB_CELLS - (at % TAB_CELLS)));
    }
  }
  #backspace(): void {
    const line = this.#lines.at(-1) as Run[];
    const last = line.pop();
    if (last && last.text.length > 1) line.push({ text: last.text.slice(0, -1), style: last.style });
  }
  #newLine(): void {
    this.#lines.push([]);
    if (this.#lines.length > LINES_MAX) {
      this.#lines.splice(0, LINES_DROPPED);
      this.#dropped += LINES_DROPPED;
      this.#relayOut();
    }
  }

  #laidOut = 0;
  #relayOut(): void {
    this.#rows = [];
    this.#settledRows = 0;
    this.#laidOut = 0;
    this.#layOut();
  }
  /** Breaks the lines that are new, and the last one, into rows. */
  #layOut(): void {
    this.#rows.length = this.#settledRows;
    for (let index = this.#laidOut; index < this.#lines.length; index += 1) {
      const rows = breakLine(this.#lines[index] as Run[], this.#columns);
      if (index === this.#lines.length - 1) {
        this.#laidOut = index;
        this.#settledRows = this.#rows.length;
      }
      for (const row of rows) this.#rows.push(row);
    }
  }
}

/** Rows of at the most so many cells. */
export function breakLine(line: readonly Run[], columns: number): Row[] {
  const rows: Row[] = [];
  let runs: Run[] = [];
  let room = columns;
  for (const run of line) {
    let { text } = run;
    while (text !== '') {
      if (room <= 0) {
        rows.push({ runs, isContinued: true });
        runs = [];
        room = columns;
      }
      const length = fittingLength(text, room);
      const part = text.slice(0, length);
      runs.push({ text: part, style: run.style });
      room -= textWidth(part);
      text = text.slice(length);
    }
  }
  rows.push({ runs, isContinued: false });
  return rows;
}
