import type { Microseconds, Milliseconds } from '../../protocol/units.ts';

/** The one clock of all happenings: whatever records a call asks it where the call returned. */
export type MonotonicClock = {
  /** Whole µs since the clock's zero; never goes back. */
  readonly nowMicros: () => Microseconds;
  /**
   * The wall clock (ms since 1970, UTC) at the clock's zero, read anew each time: it changes when somebody sets the wall
   * clock, and by as long as the machine slept, which a monotonic clock does not count.
   */
  readonly epoch: Milliseconds;
};

/** What the system tells. Its wall clock has whole milliseconds, but for the one reading at the process's start. */
export type SystemTime = {
  readonly monotonic: () => Milliseconds;
  readonly wall: () => Milliseconds;
  /** The wall clock at the zero of `monotonic`, to a fraction of a millisecond. */
  readonly origin: Milliseconds;
};
const SYSTEM: SystemTime = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  origin: performance.timeOrigin,
};

const MICROSECONDS_PER_MILLISECOND = 1_000;

/** A clock whose zero is now. */
export function createMonotonicClock(system: SystemTime = SYSTEM): MonotonicClock {
  const zero = system.monotonic();
  let epoch = system.origin + zero;
  return {
    // The same clock as process.hrtime.bigint(), without two big integers for the collector at each of a million calls.
    nowMicros: () => Math.floor((system.monotonic() - zero) * MICROSECONDS_PER_MILLISECOND),
    get epoch() {
      const before = system.monotonic() - zero;
      const wall = system.wall();
      const after = system.monotonic() - zero;
      // The wall clock showed `wall` or up to 1 ms more, between the two readings: as near to what was as that allows.
      epoch = Math.max(wall - after, Math.min(epoch, wall + 1 - before));
      return epoch;
    },
  };
}
