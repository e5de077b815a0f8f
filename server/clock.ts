import type { Microseconds, Milliseconds } from '../protocol/units.ts';

/** The one clock of all happenings: whatever records a call asks it where the call returned. */
export type MonotonicClock = {
  /** Whole µs since the clock's zero; never goes back. */
  readonly nowMicros: () => Microseconds;
  /** What the wall clock (ms since 1970, UTC) showed at the clock's zero. */
  readonly epoch: Milliseconds;
};

const NANOSECONDS_PER_MICROSECOND = 1_000n;

/** A clock whose zero is now. */
export function createMonotonicClock(): MonotonicClock {
  const zero = process.hrtime.bigint();
  return {
    nowMicros: () => Number((process.hrtime.bigint() - zero) / NANOSECONDS_PER_MICROSECOND),
    epoch: Date.now(),
  };
}
