import type { Microseconds, Milliseconds } from '../protocol/units.ts';
import { type ClockStep, clockShift } from './clock-steps.ts';

/** Two readings of the server's wall clock that differ by less are one: it is told in whole milliseconds. */
const STEP_MIN: Microseconds = 500;

/**
 * One line of time for all that happens: µs since 1970 by the wall clock as it was first read, which never goes back. The
 * server's monotonic times are put on it as they arrive, and stay there. A server that starts again begins its clock anew:
 * what it tells follows on the line. Where the wall clock is set, or the machine sleeps, the line goes on, and from there
 * shows the wall clock with a shift. So an event has one place among the others and one wall time, whatever comes later.
 */
export class TimeLine {
  readonly #steps: ClockStep[];
  /** Where the zero of the server's clock stands on the line. */
  #zero: Microseconds | undefined;
  /** The latest of the server's times, of events and of readings. */
  #latest: Microseconds = 0;

  /** Of a recording its clock's steps. */
  constructor(steps: readonly ClockStep[] = []) {
    this.#steps = [...steps];
  }

  get steps(): readonly ClockStep[] {
    return this.#steps;
  }

  /** The server read its clocks: `epoch` is the wall clock (ms since 1970) at the zero of the one that showed `now`. */
  read(now: Microseconds, epoch: Milliseconds): void {
    const wall = Math.round(epoch * 1_000);
    this.#zero ??= wall;
    // Its clock begins anew, and the line goes on: at the wall clock's time, if that is not before what was.
    if (now < this.#latest) this.#zero = Math.max(wall, this.#zero + this.#latest - now);
    this.#latest = now;
    const step = { at: this.#zero + now, by: wall - this.#zero };
    if (Math.abs(step.by - clockShift(step.at, this.#steps)) >= STEP_MIN) this.#steps.push(step);
  }

  /** Where a time of the server's clock stands on the line. */
  place(at: Microseconds): Microseconds {
    if (at > this.#latest) this.#latest = at;
    return (this.#zero ?? 0) + at;
  }

  /** What the wall clock showed at a place of the line. */
  wallClock(at: Microseconds): Milliseconds {
    return (at + clockShift(at, this.#steps)) / 1_000;
  }
}
