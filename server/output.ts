import { writeSync } from 'node:fs';
import { Socket } from 'node:net';

/** Characters: what may wait for a terminal or a pipe that takes nothing. */
const WAITING_MAX = 262_144;

/**
 * Lines to standard output or standard error that neither end nor stop the process: what a full disk, a closed pipe, a
 * stopped terminal (Ctrl-S) or a reader that does not read cannot take is dropped, counted, and told when it takes again.
 */
export class Output {
  readonly #stream: NodeJS.WriteStream & { readonly fd: number };
  readonly #notice: (lines: number) => string;
  #dropped = 0;
  /** A file whose disk was full has the beginning of a line. */
  #isCut = false;

  /** `notice`: the line that says how many are missing. */
  constructor(stream: NodeJS.WriteStream & { readonly fd: number }, notice: (lines: number) => string) {
    this.#stream = stream;
    this.#notice = notice;
    // Also for what others write to it: without a listener an error ends the process.
    stream.on('error', () => undefined);
    stream.on('drain', () => this.#tellDropped());
    if (stream.isTTY) unblock(stream);
  }

  /** Takes whole lines, each with its line feed. */
  readonly write = (line: string): void => {
    if (!this.#tellDropped() || !this.#put(line)) this.#dropped += 1;
  };

  #tellDropped(): boolean {
    if (this.#dropped === 0) return true;
    // Not into each gap that opens: one notice, when all that waited is out.
    if (this.#stream.writableLength > 0) return false;
    if (!this.#put(`${this.#notice(this.#dropped)}\n`)) return false;
    this.#dropped = 0;
    return true;
  }

  #put(text: string): boolean {
    const stream = this.#stream;
    // A file takes what it is given at once. Node's own stream for it ends for good with the first error.
    if (!(stream instanceof Socket)) return this.#putInFile(text);
    if (stream.destroyed || stream.writableLength + text.length > WAITING_MAX) return false;
    stream.write(text);
    return true;
  }

  #putInFile(text: string): boolean {
    let rest: Uint8Array = Buffer.from(this.#isCut ? `\n${text}` : text);
    const whole = rest.length;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#stream.fd, rest));
      this.#isCut = false;
      return true;
    } catch {
      this.#isCut ||= rest.length < whole;
      return false;
    }
  }
}

/**
 * Node writes to a terminal with the whole process waiting for it. libuv has opened the terminal anew for itself, so this
 * concerns no other program. Not public: where it is not there, Node's way stays.
 */
function unblock(stream: NodeJS.WriteStream): void {
  const handle = (stream as unknown as { readonly _handle?: { readonly setBlocking?: (on: boolean) => number } })
    ._handle;
  handle?.setBlocking?.(false);
}
