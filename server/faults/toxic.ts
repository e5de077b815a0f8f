import type { Cancel, Clock } from '../../protocol/clock.ts';
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

/** Things that happen later, in the order they were put in, however their delays differ. One timer, however many there are. */
export class DelayLine {
  readonly #clock: Clock;
  readonly #queue: { readonly due: Milliseconds; readonly run: () => void }[] = [];
  #due: Milliseconds = 0;
  #cancel: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  /** Runs `delay` from now, but not before what was put in earlier. */
  after(delay: Milliseconds, run: () => void): void {
    this.#due = Math.max(this.#due, this.#clock.now() + delay);
    this.#queue.push({ due: this.#due, run });
    this.#arm();
  }
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#queue.length = 0;
  }

  #arm(): void {
    const [first] = this.#queue;
    if (!first || this.#cancel) return;
    this.#cancel = this.#clock.after(Math.max(0, first.due - this.#clock.now()), () => this.#onDue(first.due));
  }
  /** A timer may be early by a fraction of a millisecond. */
  #onDue(due: Milliseconds): void {
    const until = Math.max(due, this.#clock.now());
    // Armed meanwhile by nobody: what runs may put in more, or stop all of it.
    for (let [first] = this.#queue; first && first.due <= until; [first] = this.#queue) {
      this.#queue.shift();
      first.run();
      if (!this.#cancel) return;
    }
    this.#cancel = undefined;
    this.#arm();
  }
}

/** Both halves of `bytes`, the first `count` long at the most. */
export function splitAt(bytes: Uint8Array, count: ByteCount): [Uint8Array, Uint8Array] {
  return [bytes.subarray(0, count), bytes.subarray(count)];
}
