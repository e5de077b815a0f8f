import type { Clock } from './clock.ts';
import type { Milliseconds } from './units.ts';

/**
 * A budget of `rate` per second that may be saved up to `burst`; it refills when it is used, so it needs no timer.
 * Pass `now` to ask several buckets at one instant.
 */
export class TokenBucket {
  readonly #now: Clock['now'];
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #refilledAt: Milliseconds;

  constructor(now: Clock['now'], rate: number, burst: number) {
    this.#now = now;
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#refilledAt = now();
  }

  /** Nothing is owed and nothing has been used: it may as well be forgotten. */
  get isFull(): boolean {
    this.#refill(this.#now());
    return this.#tokens >= this.#burst;
  }

  /** Takes `count` if they are there. */
  tryTake(count: number, now = this.#now()): boolean {
    this.#refill(now);
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes `count` in any case; what is owed is waited for by who asks next. */
  take(count: number, now = this.#now()): void {
    this.#refill(now);
    this.#tokens -= count;
  }

  /** How long until `count` are there; 0 if they are now. More than the burst is never there: it counts as the burst. */
  wait(count: number, now = this.#now()): Milliseconds {
    this.#refill(now);
    const missing = Math.min(count, this.#burst) - this.#tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.#rate) * 1_000);
  }

  #refill(now: Milliseconds): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#refilledAt) / 1_000) * this.#rate);
    this.#refilledAt = now;
  }
}
