import type { ByteCount } from '../../protocol/units.ts';
import { chainToxics, type Sink, type Stage, splitAt, type Toxic, type ToxicTools } from './toxic.ts';

export type Faults = {
  readonly toxics: readonly Toxic[];
  /** How many bytes may be under way through them at once: what sets a timer for each byte should not have many. */
  readonly window: ByteCount;
};

/** A view of bytes, its place in a queue and the closure that brings it out. */
const HOLDING_BYTES: ByteCount = 256;

/**
 * One direction of a connection, whose faults can be changed while bytes are under way: those that have not come out yet
 * meet the new ones, in their order. Holds everything it is given: ask `weight` before giving more.
 */
export class FaultyPipe {
  readonly #last: Sink;
  readonly #tools: ToxicTools;
  #stage: Stage;
  #window: ByteCount = 0;
  /** In the faults, and not out of them. */
  #inside: Uint8Array[] = [];
  #insideBytes: ByteCount = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes: ByteCount = 0;
  #isEnded = false;
  #isEndInside = false;
  #isFeeding = false;

  constructor(last: Sink, tools: ToxicTools) {
    this.#last = last;
    this.#tools = tools;
    this.#stage = chainToxics([], last, tools);
  }

  /** Bytes that went in and have not come out. */
  get held(): ByteCount {
    return this.#insideBytes + this.#waitingBytes;
  }

  /** What it takes to hold them: a byte alone takes as much as a hundred that came together. */
  get weight(): ByteCount {
    return this.held + HOLDING_BYTES * (this.#inside.length + this.#waiting.length);
  }

  set({ toxics, window }: Faults): void {
    this.#stage.stop();
    this.#waiting = [...this.#inside, ...this.#waiting];
    this.#waitingBytes += this.#insideBytes;
    this.#inside = [];
    this.#insideBytes = 0;
    this.#isEndInside = false;
    this.#window = window;
    const { end, close, reset } = this.#last;
    this.#stage = chainToxics(toxics, { write: (bytes) => this.#out(bytes), end, close, reset }, this.#tools);
    this.#feed();
  }
  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#feed();
  }
  end(): void {
    this.#isEnded = true;
    this.#feed();
  }
  /** The connection is gone: nothing comes out any more. */
  stop(): void {
    this.#stage.stop();
    this.#waiting = [];
    this.#inside = [];
    this.#waitingBytes = 0;
    this.#insideBytes = 0;
  }

  /** What has no faults before it comes out before `write` returns: no recursion for that. */
  #feed(): void {
    if (this.#isFeeding) return;
    this.#isFeeding = true;
    while (this.#waiting.length > 0 && this.#insideBytes < this.#window) {
      const [part, rest] = splitAt(this.#waiting.shift() as Uint8Array, this.#window - this.#insideBytes);
      if (rest.length > 0) this.#waiting.unshift(rest);
      this.#waitingBytes -= part.length;
      this.#inside.push(part);
      this.#insideBytes += part.length;
      this.#stage.write(part);
    }
    this.#isFeeding = false;
    if (!this.#isEnded || this.#isEndInside || this.#waiting.length > 0) return;
    this.#isEndInside = true;
    this.#stage.end();
  }

  #out(bytes: Uint8Array): void {
    this.#insideBytes -= bytes.length;
    let left = bytes.length;
    while (left > 0) {
      const first = this.#inside.shift();
      if (!first) break; // stopped meanwhile
      const [out, rest] = splitAt(first, left);
      left -= out.length;
      if (rest.length > 0) this.#inside.unshift(rest);
    }
    this.#last.write(bytes);
    this.#feed();
  }
}
