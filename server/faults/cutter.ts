import type { Cancel, Clock } from '../../protocol/clock.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { type Sink, type Stage, splitAt } from './toxic.ts';

export type Cut = {
  /** Of the next piece, at the most. */
  readonly size: () => ByteCount;
  /** How long a piece of so many bytes takes. */
  readonly wait: (count: ByteCount) => Milliseconds;
  /** Pieces that a timer brought late are followed by the next ones at once; otherwise each waits anew. */
  readonly catchesUp: boolean;
};
type Entry = { readonly at: Milliseconds; readonly what: Uint8Array | (() => void) };

/**
 * Passes bytes on in pieces, one after another. Each is cut when it is due, so what waits is held as it came: 64 KiB that
 * will leave byte by byte are one array, not 65,536 and as many closures.
 */
export class Cutter {
  readonly stage: Stage;
  readonly #next: Sink;
  readonly #clock: Clock;
  readonly #cut: Cut;
  #queue: Entry[] = [];
  #due: Milliseconds = 0;
  #cancel: Cancel | undefined;

  constructor(next: Sink, clock: Clock, cut: Cut) {
    this.#next = next;
    this.#clock = clock;
    this.#cut = cut;
    this.stage = {
      write: (bytes) => this.#put(bytes),
      end: () => this.#put(next.end),
      close: () => this.#put(next.close),
      reset: next.reset,
      stop: () => this.#stop(),
    };
  }

  #put(what: Entry['what']): void {
    this.#queue.push({ at: this.#clock.now(), what });
    this.#arm();
  }

  /** What comes next has its size from now on, and its time. */
  #arm(): void {
    const [head] = this.#queue;
    if (!head || this.#cancel) return;
    const { at, what } = head;
    const now = this.#clock.now();
    const isEnd = typeof what === 'function';
    const count = isEnd ? 0 : Math.min(what.length, this.#cut.size());
    this.#due = (this.#cut.catchesUp ? Math.max(this.#due, at) : now) + (isEnd ? 0 : this.#cut.wait(count));
    this.#cancel = this.#clock.after(Math.max(0, this.#due - now), () => this.#onDue(head, count));
  }

  #onDue({ at, what }: Entry, count: ByteCount): void {
    this.#cancel = undefined;
    if (typeof what === 'function') {
      this.#queue.shift();
      what();
    } else {
      const [piece, rest] = splitAt(what, count);
      if (rest.length > 0) this.#queue[0] = { at, what: rest };
      else this.#queue.shift();
      this.#next.write(piece);
    }
    this.#arm();
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#queue = [];
  }
}
