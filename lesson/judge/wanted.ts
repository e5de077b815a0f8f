import { partsOf } from '../checks.ts';
import type { Check } from '../schema/check-schema.ts';
import { buildGoal } from './build-goal.ts';
import { type Building, type Goal, isSolved, NOTHING_BOUND, type Progress, type Solving } from './goal.ts';

/**
 * One thing that is waited for, as data: the page words it. `check` is one matcher, or an `any` whose parts are choices.
 * `progress` says how much of it is there, where that can be counted.
 */
export type Wanted = { readonly check: Check; readonly progress?: Progress };

type Leaf = { readonly check: Check; readonly goal: Goal };

/** The parts of a check that can be waited for by themselves. */
export class WantedParts {
  readonly #leaves: readonly Leaf[];

  constructor(check: Check, building: Building) {
    this.#leaves = [...leavesOf(check)].map((leaf) => ({ check: leaf, goal: buildGoal(leaf, building) }));
  }
  /** Those that do not hold yet. */
  missing(solving: Solving): Wanted[] {
    return this.#leaves
      .filter(({ goal }) => !isSolved(goal, NOTHING_BOUND, solving))
      .map(({ check, goal }) => {
        const progress = goal.progress?.(NOTHING_BOUND, solving);
        return progress ? { check, progress } : { check };
      });
  }
}

function* leavesOf(check: Check): Iterable<Check> {
  if (!check.all) yield check;
  else for (const part of partsOf(check)) yield* leavesOf(part);
}
