import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';

/**
 * What the server's clock says now, told from the events that came from it: an event is never heard of before it happened,
 * so the one that was fastest on its way bounds how far the clocks are apart. Only what still goes on is drawn by it.
 */
export class ServerTime {
  /** The page's clock less the server's. */
  #apart: Microseconds | undefined;

  heard(at: Microseconds, now: Milliseconds): void {
    this.#apart = Math.min(this.#apart ?? Number.POSITIVE_INFINITY, now * 1_000 - at);
  }
  /** A time of the page's clock on the server's. Before anything was heard, the page's own clock stands in. */
  at(now: Milliseconds): Microseconds {
    return now * 1_000 - (this.#apart ?? 0);
  }
}
