import type { Microseconds } from '../protocol/units.ts';
import type { TraceEvent } from './event.ts';
import { Observable } from './observable.ts';

/** How many events of a socket are kept at the least, unless the browser's own setting says fewer. */
const EVENTS_KEPT = 1_000_000;
const EVENTS_KEPT_MIN = 100;
/** The oldest are dropped by the quarter, so that each is copied a few times at the most. */
const ROOM = 1.25;
/** How many there are when the oldest are dropped. @internal For tests. */
export const EVENTS_MAX = EVENTS_KEPT * ROOM;

/** The `events-kept` of a browser's storage: fewer, where memory is short. */
export function parseEventsKept(stored: unknown): number {
  const isNumber = typeof stored === 'number' && Number.isInteger(stored);
  return isNumber && stored >= EVENTS_KEPT_MIN && stored < EVENTS_KEPT ? stored : EVENTS_KEPT;
}

/** Append-only, so its length is its version: readers index into it and nothing is ever copied. Ordered by `at`. */
export class TraceBuffer extends Observable {
  /** How many events came before the first of these and are no longer kept. */
  readonly dropped: number;
  /** How many are kept when the oldest are dropped. */
  readonly kept: number;
  /** In the order in which they became known here: the two ends' events may be out of the order of `at` by a little. */
  readonly #events: TraceEvent[];

  constructor(kept = EVENTS_KEPT, events: TraceEvent[] = [], dropped = 0) {
    super();
    this.kept = kept;
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
   * The log to go on with: this one, or when it is full a new one of the latest `kept`. Whoever reads this one goes on
   * reading what it holds, so that no index is ever of another event than it was.
   */
  trimmed(): TraceBuffer {
    if (this.#events.length <= this.kept * ROOM) return this;
    const from = this.#events.length - this.kept;
    return new TraceBuffer(this.kept, this.#events.slice(from), this.dropped + from);
  }
}

/** A server's calls of before its client stand first in a log: so many events are looked through for a call of the page's own. */
const BEFORE_MAX = 64;

/** Where times count from: the first call of the sockets' own ends, else the first event of all. */
export function timeOrigin(logs: readonly TraceBuffer[]): Microseconds {
  const firsts = logs.flatMap((log) => {
    const end = Math.min(log.length(), BEFORE_MAX);
    let index = 0;
    while (index < end && log.at(index)?.end !== 'local') index += 1;
    return log.at(index === end ? 0 : index)?.at ?? [];
  });
  return firsts.length === 0 ? 0 : Math.min(...firsts);
}
