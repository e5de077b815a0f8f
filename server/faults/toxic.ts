import type { Clock } from '../../protocol/clock.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';

/** Where one direction of a TCP connection goes on. */
export type Sink = {
  readonly write: (bytes: Uint8Array) => void;
  /** FIN in this direction; the other goes on. */
  readonly end: () => void;
  /** The whole connection is closed, what was written before still arrives. */
  readonly close: () => void;
  /** The whole connection is reset: RST to both ends. */
  readonly reset: () => void;
};

export type ToxicTools = {
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
};

/** One direction with a fault in it. `stop`: the connection is gone, nothing more may happen. */
export type Stage = Sink & { readonly stop: () => void };

/** Puts a fault before `next`; the vocabulary is Toxiproxy's, with those added that a resuming client has to fear. */
export type Toxic = (next: Sink, tools: ToxicTools) => Stage;

/** The faults one after another: what comes out of one goes into the next. */
export function chainToxics(toxics: readonly Toxic[], last: Sink, tools: ToxicTools): Stage {
  const stages: Stage[] = [];
  let first: Sink = last;
  for (const toxic of toxics.toReversed()) {
    const stage = toxic(first, tools);
    stages.push(stage);
    first = stage;
  }
  const { write, end, close, reset } = first;
  const stop = (): void => {
    for (const stage of stages) stage.stop();
  };
  return { write, end, close, reset, stop };
}

/** Things that happen later, in the order they were put in, however their delays differ. */
export class DelayLine {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();
  readonly #queue: (() => void)[] = [];
  #due: Milliseconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  /** Runs `delay` from now, but not before what was put in earlier. */
  after(delay: Milliseconds, run: () => void): void {
    this.#put(Math.max(this.#due, this.#clock.now() + delay), run);
  }
  /** Runs `delay` after what was put in last. */
  follow(delay: Milliseconds, run: () => void): void {
    this.#put(Math.max(this.#due, this.#clock.now()) + delay, run);
  }
  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
    this.#queue.length = 0;
  }

  #put(due: Milliseconds, run: () => void): void {
    this.#due = due;
    this.#queue.push(run);
    // Timers of one moment may fire in any order; the queue keeps ours.
    const cancel = this.#clock.after(Math.max(0, due - this.#clock.now()), () => {
      this.#cancels.delete(cancel);
      this.#queue.shift()?.();
    });
    this.#cancels.add(cancel);
  }
}

/** Both halves of `bytes`, the first `count` long at the most. */
export function splitAt(bytes: Uint8Array, count: ByteCount): [Uint8Array, Uint8Array] {
  return [bytes.subarray(0, count), bytes.subarray(count)];
}
