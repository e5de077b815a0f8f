/** Has the terminal parse something; calls back when that is done. */
type Parse = (onParsed: () => void) => void;
type WriteText = (text: string, onParsed: () => void) => void;
/** What of a text has to be parsed, as wide as the terminal is now. */
type Shorten = (text: string) => string;

/** The parser works between two pieces for others too: one piece takes about a millisecond. In UTF-16 units. */
export const PIECE_LENGTH = 8_192;
/** More than the terminal keeps, and more than the tab should hold for a program that prints faster than it can be parsed. */
const BACKLOG_MAX = 4_000_000;
const BACKLOG_KEPT = 2_000_000;
/** CAN ends a sequence that was cut, SGR 0 a style whose end was left out. */
const AFTER_GAP = '\x18\x1b[m';

/** Text and actions, one after the other in the order of the calls, though the terminal parses text later. */
export class WriteQueue {
  readonly #write: WriteText;
  readonly #onParsed: () => void;
  readonly #shorten: Shorten;
  /** Of the text that is being parsed. */
  #rest = '';
  #entries: (string | (() => void))[] = [];
  #waiting = 0;
  #isParsing = false;
  #hasGap = false;

  constructor(write: WriteText, onParsed: () => void, shorten: Shorten = (text) => text) {
    this.#write = write;
    this.#onParsed = onParsed;
    this.#shorten = shorten;
  }

  /** Whether text was left out, because the program printed faster than the terminal parses. */
  get hasGap(): boolean {
    return this.#hasGap;
  }
  forgetGap(): void {
    this.#hasGap = false;
  }

  text(text: string): void {
    if (text === '') return;
    this.#entries.push(text);
    this.#waiting += text.length;
    if (this.#waiting > BACKLOG_MAX) this.#leaveOutOldest();
    this.#next();
  }
  /** Runs once all that came before is parsed; at once, if it is. */
  action(run: () => void): void {
    this.#entries.push(run);
    this.#next();
  }
  /** The same, for what writes to the terminal itself: nothing that comes later is written before it has called back. */
  exclusive(parse: Parse): void {
    this.action(() => {
      this.#isParsing = true;
      parse(() => this.#finish());
    });
  }

  #next(): void {
    while (!this.#isParsing) {
      const entry = this.#entries.shift();
      if (entry === undefined) return;
      if (typeof entry === 'string') this.#begin(entry);
      else entry();
    }
  }
  #begin(text: string): void {
    this.#waiting -= text.length;
    this.#rest = this.#shorten(text);
    this.#parse();
  }
  #parse(): void {
    this.#isParsing = true;
    const piece = this.#rest.slice(0, PIECE_LENGTH);
    this.#rest = this.#rest.slice(PIECE_LENGTH);
    this.#write(piece, () => this.#finish());
  }
  #finish(): void {
    this.#onParsed();
    // Text goes on within the parser's turn, which xterm bounds; actions change the terminal, so they run after it.
    if (this.#rest !== '') this.#parse();
    else if (typeof this.#entries[0] === 'string') this.#begin(this.#entries.shift() as string);
    else
      queueMicrotask(() => {
        this.#isParsing = false;
        this.#next();
      });
  }
  #leaveOutOldest(): void {
    let excess = this.#waiting - BACKLOG_KEPT;
    let isFirst = true;
    this.#entries = this.#entries.flatMap((entry) => {
      if (typeof entry !== 'string' || (excess === 0 && !isFirst)) return [entry];
      const cut = Math.min(excess, entry.length);
      excess -= cut;
      if (cut === entry.length) return [];
      const gap = isFirst ? AFTER_GAP : '';
      isFirst = false;
      return [gap + entry.slice(cut)];
    });
    this.#waiting = BACKLOG_KEPT + AFTER_GAP.length;
    this.#hasGap = true;
  }
}
