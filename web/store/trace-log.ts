import type { TraceEvent } from '../../protocol/trace.ts';
import { Observable } from './observable.ts';

/** Append-only, so its length is its version: readers index into it and nothing is ever copied. Ordered by `at`. */
export class TraceLog extends Observable {
  /** In the order in which they became known here: the two ends' events may be out of the order of `at` by a little. */
  readonly #events: TraceEvent[] = [];

  readonly length = (): number => this.#events.length;
  readonly at = (index: number): TraceEvent | undefined => this.#events[index];

  append(event: TraceEvent): void {
    this.#events.push(event);
    this.changed();
  }
}
