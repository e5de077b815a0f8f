import { Observable } from '../../../trace/observable.ts';
import { SCROLLBACK_ROWS } from './headless.ts';
import { withoutScrolledOut } from './long-lines.ts';
import { type Cursor, type Row, TerminalBuffer } from './terminal-buffer.ts';
import { WriteQueue } from './write-queue.ts';

const FIRST_COLUMNS = 80;
const FIRST_ROWS = 24;
const HISTORY_MAX = 200;
/** What a terminal echoes of a control character that is typed (termios, ECHOCTL): ESC is ^[. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question.
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/g;
const CARET_BIT = 0x40;

/**
 * One program's terminal: its screen, and the lines that were typed into it. What is written is parsed a little later, in the
 * order of the calls; `changed` tells when.
 */
export class TerminalModel extends Observable {
  #buffer = new TerminalBuffer(FIRST_COLUMNS, FIRST_ROWS);
  #queue = this.#createQueue();
  readonly #history: string[] = [];

  get rowCount(): number {
    return this.#buffer.rowCount;
  }
  row(index: number): Row {
    return this.#buffer.row(index);
  }
  get cursor(): Cursor {
    return this.#buffer.cursor;
  }
  get columns(): number {
    return this.#buffer.columns;
  }
  /** Rows that went at the top so far. */
  get dropped(): number {
    return this.#buffer.dropped;
  }
  /** Whether something that was printed is neither on the screen nor above it any more. */
  get isCut(): boolean {
    return this.#buffer.isCut || this.#queue.hasGap;
  }

  write(text: string): void {
    this.#queue.text(text);
  }
  /** A line that was typed, as a terminal echoes it. */
  echo(line: string): void {
    const caret = (control: string) => `^${String.fromCharCode(control.charCodeAt(0) ^ CARET_BIT)}`;
    this.write(`${line.replaceAll(CONTROLS, caret)}\n`);
  }
  /** A line of the page's own. */
  note(text: string): void {
    this.#queue.exclusive((onParsed) => this.#buffer.note(text, onParsed));
  }
  /** The program has ended, which a line of the page's own says. */
  end(text: string): void {
    this.#queue.exclusive((onParsed) => this.#buffer.release(onParsed));
    this.note(text);
  }
  /** All that was printed before goes, but the row that the cursor is in. */
  clear(): void {
    this.#queue.action(() => {
      this.#buffer.clear();
      this.#queue.forgetGap();
      this.changed();
    });
  }
  /** Another program's terminal: nothing is left, nor comes any more, of what was written. */
  reset(): void {
    const { columns, screenRows } = this.#buffer;
    this.#buffer = new TerminalBuffer(columns, screenRows);
    this.#queue = this.#createQueue();
    this.changed();
  }
  /** In cells. */
  resize(columns: number, rows: number): void {
    this.#queue.action(() => {
      if (columns === this.#buffer.columns && rows === this.#buffer.screenRows) return;
      this.#buffer.resize(columns, rows);
      this.changed();
    });
  }
  /** Once all that was written before is on the screen: its text. */
  text(): Promise<string> {
    return new Promise((resolve) => this.#queue.action(() => resolve(this.#buffer.text())));
  }

  /** Oldest first. */
  get history(): readonly string[] {
    return this.#history;
  }
  remember(line: string): void {
    if (line.trim() === '' || line === this.#history.at(-1)) return;
    this.#history.push(line);
    if (this.#history.length > HISTORY_MAX) this.#history.shift();
  }

  #createQueue(): WriteQueue {
    const buffer = this.#buffer;
    return new WriteQueue(
      (text, onParsed) => buffer.write(text, onParsed),
      () => this.changed(),
      (text) => withoutScrolledOut(text, buffer.columns, SCROLLBACK_ROWS + buffer.screenRows),
    );
  }
}
