import type { Clock } from '../../protocol/clock.ts';
import type { Milliseconds } from '../../protocol/units.ts';

const INTERVAL: Milliseconds = 1_000;
/** While lines keep coming, the pause between two that are written doubles up to this. */
const INTERVAL_MAX: Milliseconds = 60_000;

/**
 * What lab servers print, on the terminal of whoever runs them: a line that comes alone is written as it is, many are
 * written as one that says how many. A learner cannot fill a disk or a journal; the page is told each line by the Tap.
 */
export class TerminalPrints {
  readonly #write: (line: string) => void;
  readonly #clock: Clock;
  /** What has come since the last line was written: how many of each server, and the last of them. */
  readonly #held = new Map<string, { readonly count: number; readonly last: string }>();
  #interval: Milliseconds = INTERVAL;
  /** The last line is younger than the interval. */
  #isHolding = false;

  constructor(write: (line: string) => void, clock: Clock) {
    this.#write = write;
    this.#clock = clock;
  }

  readonly print = (server: string, line: string): void => {
    if (this.#isHolding) {
      this.#held.set(server, { count: (this.#held.get(server)?.count ?? 0) + 1, last: line });
      return;
    }
    this.#write(`[${server}] ${line}`);
    this.#startInterval(INTERVAL);
  };

  #startInterval(interval: Milliseconds): void {
    this.#interval = interval;
    this.#isHolding = true;
    this.#clock.after(interval, () => this.#onInterval());
  }

  #onInterval(): void {
    this.#isHolding = false;
    const [first, ...others] = this.#held;
    if (!first) return;
    const [server, { count, last }] = first;
    if (others.length === 0 && count === 1) this.#write(`[${server}] ${last}`);
    else this.#write(`${[first, ...others].map(summary).join(', ')} in the last ${this.#interval / 1_000} s`);
    this.#held.clear();
    this.#startInterval(Math.min(2 * this.#interval, INTERVAL_MAX));
  }
}

function summary([server, { count }]: [string, { readonly count: number }]): string {
  return `${server}: ${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'}`;
}
