import type { Microseconds, Milliseconds } from '../protocol/units.ts';

/** How far two quartz clocks part at the worst, of a second: each is within 50 ppm. */
const DRIFT = 100e-6;

/**
 * What the server's clock shows, told from what has come from it and what was sent to it. A frame comes after the time that
 * stands in it, and what was sent has left before the time at which the server says it took it. So the fastest frame of each
 * way bounds how far the two clocks are apart; half of what is left between the bounds is how wrong a time can be.
 */
export class ServerTime {
  /** This clock less the server's: at least, and at the most. */
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;
  #seen: Microseconds | undefined;

  /** A frame came `now` that says the server's time `at`. */
  heard(at: Microseconds, now: Milliseconds): void {
    this.#widen(now * 1_000);
    this.#most = Math.min(this.#most, now * 1_000 - at);
    // The server's clock has begun anew.
    if (this.#most < this.#least) this.#least = Number.NEGATIVE_INFINITY;
  }
  /** What was sent at `sent` has reached the server at its time `at`. */
  reached(at: Microseconds, sent: Milliseconds): void {
    this.#least = Math.max(this.#least, sent * 1_000 - at);
    if (this.#least > this.#most) this.#most = Number.POSITIVE_INFINITY;
  }

  /** The server has told a time. */
  get isKnown(): boolean {
    return this.#most < Number.POSITIVE_INFINITY;
  }
  /** No time is wrong by more; undefined while only one way was measured. */
  get bound(): Microseconds | undefined {
    const bound = (this.#most - this.#least) / 2;
    return bound < Number.POSITIVE_INFINITY ? bound : undefined;
  }
  /** A time of this clock on the server's. Before the server has told a time, this clock stands in. */
  at(now: Milliseconds): Microseconds {
    const { bound } = this;
    const apart = bound !== undefined ? this.#most - bound : this.isKnown ? this.#most : 0;
    return now * 1_000 - apart;
  }

  #widen(now: Microseconds): void {
    const passed = now - (this.#seen ?? now);
    this.#seen = now;
    if (passed <= 0) return;
    this.#most += passed * DRIFT;
    this.#least -= passed * DRIFT;
  }
}
