import type { ByteCount } from './units.ts';

export type Span = { readonly offset: ByteCount; readonly count: ByteCount };

/** `timestamp`: `[ctime] b'…'`; `threaded`: `ctime b'…'`; `raw`: the bytes themselves. */
export type EchoForm = 'timestamp' | 'threaded' | 'raw';

/** One answer of an echo server: where its stamp and the bytes between its quotes stand in what was received. */
export type EchoAnswer = { readonly stamp: Span; readonly body: Span };

export type EchoReading = {
  readonly form: EchoForm;
  readonly answers: readonly EchoAnswer[];
  /** The bytes that the answers speak of, repr undone. */
  readonly echoed: Uint8Array;
  /** Where each of them begins in what was received; bytes of one answer follow one another. */
  readonly origins: Int32Array;
};

const STAMP =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 123]\d \d\d:\d\d:\d\d \d{4}$/;
const STAMP_BYTES = 24;
const [BYTES_MARK, SINGLE_QUOTE, DOUBLE_QUOTE, BACKSLASH] = [0x62, 0x27, 0x22, 0x5c];
const BYTE_OF_ESCAPE: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [BACKSLASH, BACKSLASH],
  [SINGLE_QUOTE, SINGLE_QUOTE],
  [DOUBLE_QUOTE, DOUBLE_QUOTE],
]);

/**
 * Reads the answers of the timestamp or the threaded echo server, one after another, the last one perhaps cut short.
 * What begins otherwise is raw; so is what follows the last answer that can be read.
 */
export function readEchoAnswers(received: Uint8Array): EchoReading {
  const form = isStampAt(received, 0, 'timestamp')
    ? 'timestamp'
    : isStampAt(received, 0, 'threaded')
      ? 'threaded'
      : 'raw';
  const reader = new AnswerReader(received);
  if (form !== 'raw') while (isStampAt(received, reader.at, form)) reader.readAnswer(form === 'timestamp' ? 27 : 25);
  reader.readRaw();
  return reader.done(form);
}

function isStampAt(bytes: Uint8Array, at: number, form: 'timestamp' | 'threaded'): boolean {
  const start = form === 'timestamp' ? at + 1 : at;
  const stamp = String.fromCharCode(...bytes.subarray(start, start + STAMP_BYTES));
  const after = String.fromCharCode(...bytes.subarray(start + STAMP_BYTES, start + STAMP_BYTES + 2));
  if (!STAMP.test(stamp)) return false;
  return form === 'threaded' ? after.startsWith(' ') : bytes[at] === 0x5b && after === '] ';
}

/** Owns how far the received bytes have been read, and what they were found to say. */
class AnswerReader {
  readonly #received: Uint8Array;
  readonly #answers: EchoAnswer[] = [];
  /** Never longer than what they were read from. */
  readonly #echoed: Uint8Array;
  readonly #origins: Int32Array;
  #count = 0;
  #at = 0;

  constructor(received: Uint8Array) {
    this.#received = received;
    this.#echoed = new Uint8Array(received.length);
    this.#origins = new Int32Array(received.length);
  }
  get at(): number {
    return this.#at;
  }

  readAnswer(stampBytes: ByteCount): void {
    const stamp = { offset: this.#at, count: stampBytes };
    this.#at += stampBytes;
    const quote = this.#received[this.#at + 1];
    const isRepr = this.#received[this.#at] === BYTES_MARK && (quote === SINGLE_QUOTE || quote === DOUBLE_QUOTE);
    if (isRepr) this.#at += 2;
    const start = this.#at;
    if (isRepr) while (this.#at < this.#received.length && this.#received[this.#at] !== quote) this.#readByte();
    this.#answers.push({ stamp, body: { offset: start, count: this.#at - start } });
    if (isRepr && this.#at < this.#received.length) this.#at += 1;
  }

  readRaw(): void {
    const start = this.#at;
    while (this.#at < this.#received.length) this.#push(this.#received[this.#at] as number, 1);
    if (this.#at > start) {
      this.#answers.push({ stamp: { offset: start, count: 0 }, body: { offset: start, count: this.#at - start } });
    }
  }

  done(form: EchoForm): EchoReading {
    return {
      form,
      answers: this.#answers,
      echoed: this.#echoed.subarray(0, this.#count),
      origins: this.#origins.subarray(0, this.#count),
    };
  }

  /** One byte of a repr; an escape that Python does not write, or one cut short, stands for its own characters. */
  #readByte(): void {
    const byte = this.#received[this.#at] as number;
    if (byte === BACKSLASH) this.#readEscape();
    else this.#push(byte, 1);
  }

  #readEscape(): void {
    const letter = BYTE_OF_ESCAPE.get(this.#received[this.#at + 1] ?? -1);
    const hex = String.fromCharCode(...this.#received.subarray(this.#at, this.#at + 4));
    if (letter !== undefined) this.#push(letter, 2);
    else if (/^\\x[0-9a-f]{2}$/.test(hex)) this.#push(Number.parseInt(hex.slice(2), 16), 4);
    else this.#push(BACKSLASH, 1);
  }

  #push(byte: number, length: ByteCount): void {
    this.#echoed[this.#count] = byte;
    this.#origins[this.#count] = this.#at;
    this.#count += 1;
    this.#at += length;
  }
}
