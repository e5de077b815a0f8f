import type { Microseconds } from '../protocol/units.ts';

/**
 * From `at` on the wall clock shows `by` µs more than the line of time that it is on (less where negative): somebody set
 * it, or the machine slept. Times on a line order what happened; this says what the clock on the wall showed meanwhile.
 */
export type ClockStep = { readonly at: Microseconds; readonly by: Microseconds };

/** How much the wall clock showed more than the line of time, at `at`. `steps` by their time. */
export function clockShift(at: Microseconds, steps: readonly ClockStep[]): Microseconds {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] as ClockStep).at <= at) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.by ?? 0;
}
