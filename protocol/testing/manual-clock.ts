import type { Cancel, Clock } from '../clock.ts';
import type { Milliseconds } from '../units.ts';

type Timer = { readonly at: Milliseconds; readonly run: () => void };

/** A clock that stands still until a test turns it; what is due then runs in the order in which it is due. */
export class ManualClock implements Clock {
  #now: Milliseconds = 0;
  readonly #timers = new Set<Timer>();

  readonly now = (): Milliseconds => this.#now;
  readonly after = (delay: Milliseconds, run: () => void): Cancel => {
    const timer: Timer = { at: this.#now + delay, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  advance(span: Milliseconds): void {
    const end = this.#now + span;
    for (let timer = this.#nextUntil(end); timer; timer = this.#nextUntil(end)) {
      this.#timers.delete(timer);
      this.#now = timer.at;
      timer.run();
    }
    this.#now = end;
  }

  #nextUntil(end: Milliseconds): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }
}
