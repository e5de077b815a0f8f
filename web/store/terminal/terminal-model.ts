import { Observable } from '../../../trace/observable.ts';
import { PLAIN, type Style } from './ansi.ts';
import { Screen } from './screen.ts';

const FIRST_COLUMNS = 80;
const HISTORY_MAX = 200;
const NOTE: Style = { ...PLAIN, isFaint: true, isItalic: true };

/** One program's terminal: its screen, and the lines that were typed into it. */
export class TerminalModel extends Observable {
  readonly screen = new Screen(FIRST_COLUMNS);
  readonly #history: string[] = [];

  write(text: string): void {
    this.screen.write(text);
    this.changed();
  }
  /** A line of the page's own. */
  note(text: string): void {
    this.screen.note(text, NOTE);
    this.changed();
  }
  clear(): void {
    this.screen.clear();
    this.changed();
  }
  resize(columns: number): void {
    this.screen.resize(columns);
    this.changed();
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
}
