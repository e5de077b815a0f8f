import type { DoneStep } from './records.ts';

/** Which step it is, within one seat. */
export function stepKey({ pack, lesson, step }: Pick<DoneStep, 'pack' | 'lesson' | 'step'>): string {
  return `${pack} ${lesson} ${step}`;
}

/**
 * Both together, in whatever order and however often: a later `rev` goes before an earlier, of one `rev` the earlier time holds. What is
 * written twice, late or from two places comes to the same.
 */
export function mergeDone(one: DoneStep, other: DoneStep): DoneStep {
  if (one.rev !== other.rev) return one.rev > other.rev ? one : other;
  return {
    ...one,
    at: Math.min(one.at, other.at),
    tries: Math.max(one.tries, other.tries),
    hints: Math.max(one.hints, other.hints),
    // Who did it once without being shown has done it.
    shown: one.shown && other.shown,
  };
}
