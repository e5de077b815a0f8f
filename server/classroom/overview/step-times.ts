import type { Milliseconds } from '../../../protocol/units.ts';
import { medianOf } from './stuck.ts';

/** How long a step takes is the median of the latest so many learners that did it. */
const KEPT = 64;

/** How long the class took for each step. */
export class StepTimes {
  readonly #times = new Map<string, Milliseconds[]>();
  readonly #medians = new Map<string, Milliseconds>();

  add(lesson: string, step: string, took: Milliseconds): void {
    const key = `${lesson} ${step}`;
    const times = [...(this.#times.get(key) ?? []), took].slice(-KEPT);
    this.#times.set(key, times);
    this.#medians.set(key, medianOf(times) ?? took);
  }
  /** Undefined: nobody has done it. */
  median(lesson: string, step: string): Milliseconds | undefined {
    return this.#medians.get(`${lesson} ${step}`);
  }
}
