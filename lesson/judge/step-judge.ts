import type { Milliseconds } from '../../protocol/units.ts';
import { nodesOf, patternsOf } from '../checks.ts';
import type { Check } from '../schema/check-schema.ts';
import type { Pattern } from '../schema/pattern-schema.ts';
import type { Hint, Step } from '../schema/schema.ts';
import { buildGoal } from './build-goal.ts';
import type { Dispatch } from './dispatch.ts';
import {
  type Binding,
  type Building,
  type Evidence,
  type Goal,
  isSolved,
  NOTHING_BOUND,
  type Solving,
} from './goal.ts';
import { Hits } from './hits.ts';
import { type Wanted, WantedParts } from './wanted.ts';

/** A hint that is due, and by what; nothing where time alone raised it. */
export type RaisedHint = { readonly id: string; readonly evidence: readonly Evidence[] };

/** One step while it is waited for: its check, its hints, and what they gather. */
export class StepJudge {
  readonly step: Step;
  readonly #dispatch: Dispatch;
  readonly #hits = new Map<Pattern, Hits>();
  readonly #goal: Goal;
  readonly #wanted: WantedParts;
  /** What the step's solution waits for between two of its actions. */
  readonly #waits = new Map<Check, Goal>();
  readonly #hints: readonly { readonly hint: Hint; readonly goal: Goal | undefined }[];
  readonly #raised: RaisedHint[] = [];
  readonly #beganAt: Milliseconds;
  /** One is looked at in each frame, whether there was a call or not. */
  readonly #isTimed: boolean;

  constructor(
    step: Step,
    dispatch: Dispatch,
    lessonHits: ReadonlyMap<Pattern, Hits>,
    windows: Omit<Building, 'hits'>,
    now: Milliseconds,
  ) {
    this.step = step;
    this.#dispatch = dispatch;
    this.#beganAt = now;
    const building: Building = {
      ...windows,
      hits: (pattern) => lessonHits.get(pattern) ?? this.#gather(pattern),
    };
    this.#goal = buildGoal(step.check, building);
    this.#wanted = new WantedParts(step.check, building);
    for (const { wait } of step.solution) if (wait) this.#waits.set(wait, buildGoal(wait, building));
    this.#hints = step.hints.map((hint) => ({ hint, goal: hint.when && buildGoal(hint.when, building) }));
    this.#isTimed =
      this.#goal.isTimed || this.#hints.some(({ hint, goal }) => goal?.isTimed || hint.after !== undefined);
  }

  /** In the order in which they came up. */
  get hints(): readonly RaisedHint[] {
    return this.#raised;
  }
  /** What gathers sockets for the names of this step; they outlive it. */
  *binders(): Iterable<readonly [name: string, hits: Hits]> {
    for (const check of nodesOf(this.step.check)) {
      for (const pattern of patternsOf(check)) {
        const hits = this.#hits.get(pattern);
        if (pattern.as !== undefined && hits) yield [pattern.as, hits];
      }
    }
  }

  /** Looks at what is known by now; returns how the check is met. */
  look(isNews: boolean, solving: Solving): Binding | undefined {
    if (!isNews && !this.#isTimed) return undefined;
    for (const met of this.#goal.solve(NOTHING_BOUND, solving)) return met;
    this.#raise(solving);
    return undefined;
  }
  missing(solving: Solving): Wanted[] {
    return this.#wanted.missing(solving);
  }
  /** One of the `wait`s of the step's solution, by what is known by now. */
  holds(wait: Check, solving: Solving): boolean {
    const goal = this.#waits.get(wait);
    return goal !== undefined && isSolved(goal, NOTHING_BOUND, solving);
  }
  /** Gathers no more, but for what names sockets. */
  end(): void {
    for (const [pattern, hits] of this.#hits) if (pattern.as === undefined) this.#dispatch.remove(hits);
  }

  #raise(solving: Solving): void {
    for (const { hint, goal } of this.#hints) {
      if (this.#raised.some(({ id }) => id === hint.id)) continue;
      if (hint.after !== undefined && solving.facts.time - this.#beganAt >= hint.after * 1_000) {
        this.#raised.push({ id: hint.id, evidence: [] });
        continue;
      }
      for (const { evidence } of goal?.solve(NOTHING_BOUND, solving) ?? []) {
        this.#raised.push({ id: hint.id, evidence });
        break;
      }
    }
  }
  #gather(pattern: Pattern): Hits {
    const known = this.#hits.get(pattern);
    if (known) return known;
    const hits = new Hits(pattern);
    this.#hits.set(pattern, hits);
    this.#dispatch.add(hits);
    return hits;
  }
}
