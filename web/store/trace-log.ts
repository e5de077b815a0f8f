import type { TraceEvent } from '../../protocol/trace.ts';
import { Observable } from './observable.ts';

/** How many events of a socket are kept at the least, and how many there are when the oldest are dropped. */
const EVENTS_KEPT = 1_000_000;
export const EVENTS_MAX = 1_250_000;

/** Append-only, so its length is its version: readers index into it and nothing is ever copied. Ordered by `at`. */
export class TraceLog extends Observable {
  /** How many events came before the first of these and are no longer kept. */
  readonly dropped: number;
  /** In the order in which they became known here: the two ends' events may be out of the order of `at` by a little. */
  readonly #events: TraceEvent[];

  constructor(events: TraceEvent[] = [], dropped = 0) {
    super();
    this.#events = events;
    this.dropped = dropped;
  }

  readonly length = (): number => this.#events.length;
  readonly at = (index: number): TraceEvent | undefined => this.#events[index];

  append(event: TraceEvent): void {
    this.#events.push(event);
    this.changed();
  }

  /**
   * The log to go on with: this one, or past `max` events a new one of the latest `kept`. Whoever reads this one goes on
   * reading what it holds, so that no index is ever of another event than it was.
   */
  trimmed(max = EVENTS_MAX, kept = EVENTS_KEPT): TraceLog {
    const from = this.#events.length - kept;
    return this.#events.length > max ? new TraceLog(this.#events.slice(from), this.dropped + from) : this;
  }
}
