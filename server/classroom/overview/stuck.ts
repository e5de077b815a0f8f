import { SeatFlag } from '../../../protocol/rooms/grid.ts';
import type { Milliseconds } from '../../../protocol/units.ts';

const SAME_ERROR_TIMES = 3;
const HINTS_USED_FOR: Milliseconds = 60_000;
const LONG_AT_LEAST: Milliseconds = 240_000;
const LONG_TIMES = 3;
const LONG_ACTIVE_WITHIN: Milliseconds = 60_000;
const WAITS_FOR: Milliseconds = 60_000;
export const AWAY_AFTER: Milliseconds = 180_000;

/** What is known of a seat in the step that it is in. Times are of one clock. */
export type StepFacts = {
  /** How often each error and hint has occurred, in this step. */
  readonly counts: ReadonlyMap<string, number>;
  readonly since: Milliseconds;
  readonly activeAt: Milliseconds;
  readonly hintsUsedAt: Milliseconds | undefined;
  readonly waits: { readonly call: string; readonly since: Milliseconds } | undefined;
};
/** One of the flags that say so, and which error, hint or call it is. */
export type Stuck = { readonly flag: number; readonly why: string };

/**
 * Whether a learner is stuck, and why: the first reason that holds. `median`: how long the step took those that have done it;
 * undefined: none has.
 */
export function stuckOf(facts: StepFacts, median: Milliseconds | undefined, now: Milliseconds): Stuck | undefined {
  for (const [why, times] of facts.counts) {
    if (times >= SAME_ERROR_TIMES) return { flag: SeatFlag.sameError, why };
  }
  const { hintsUsedAt, since, activeAt, waits } = facts;
  if (hintsUsedAt !== undefined && now - hintsUsedAt >= HINTS_USED_FOR) return { flag: SeatFlag.hintsUsed, why: '' };
  const long = Math.max(LONG_AT_LEAST, LONG_TIMES * (median ?? 0));
  if (now - since > long && now - activeAt <= LONG_ACTIVE_WITHIN) return { flag: SeatFlag.long, why: '' };
  if (waits && now - waits.since >= WAITS_FOR) return { flag: SeatFlag.waits, why: waits.call };
  return undefined;
}

/** The middle one of how long people took; undefined: nobody has. */
export function medianOf(times: readonly Milliseconds[]): Milliseconds | undefined {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
