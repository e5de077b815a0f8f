import type { Microseconds, Milliseconds } from '../protocol/units.ts';

/** The one clock of all happenings: whatever records a call asks it where the call returned. */
export type MonotonicClock = {
  /** Whole µs since the clock's zero; never goes back. */
  readonly nowMicros: () => Microseconds;
  /** What the wall clock (ms since 1970, UTC) showed at the clock's zero. */
  readonly epoch: Milliseconds;
};

const MICROSECONDS_PER_MILLISECOND = 1_000;

/** A clock whose zero is now. */
export function createMonotonicClock(): MonotonicClock {
  const zero = performance.now();
  return {
    // The same clock as process.hrtime.bigint(), without two big integers for the collector at each of a million calls.
    nowMicros: () => Math.floor((performance.now() - zero) * MICROSECONDS_PER_MILLISECOND),
    epoch: Date.now(),
  };
}
