import { answer, echoed, equal, tried } from '../matchers/answers.ts';
import { none, order, seen, waited, within } from '../matchers/calls.ts';
import { peer } from '../matchers/peers.ts';
import { printed, run } from '../matchers/programs.ts';
import { passed, queue, state, together } from '../matchers/states.ts';
import { borders, same, stream } from '../matchers/streams.ts';
import type { Check, Given, MatcherName } from '../schema/check-schema.ts';
import { type Binding, type Building, type Goal, isSolved, type Solving } from './goal.ts';

type Build<Key extends MatcherName> = (given: Given<Key>, building: Building) => Goal;

const BUILDERS: { readonly [Key in MatcherName]: Build<Key> } = {
  seen,
  none,
  order,
  within,
  waited,
  stream,
  same,
  borders,
  state,
  passed,
  together,
  queue,
  run,
  printed,
  answer,
  equal,
  tried,
  echoed,
  peer,
  all,
  any,
  not,
};

/** @throws {PlaygroundError} ESCAPE_INVALID: a text with a wrong escape */
export function buildGoal(check: Check, building: Building): Goal {
  const [name] = Object.keys(check) as [MatcherName];
  const build = BUILDERS[name] as Build<MatcherName>;
  return build(check[name] as Given<MatcherName>, building);
}

/** `all`: one binding in which every one holds. */
function all(checks: Given<'all'>, building: Building): Goal {
  const goals = checks.map((check) => buildGoal(check, building));
  function* from(index: number, binding: Binding, solving: Solving): Iterable<Binding> {
    const goal = goals[index];
    if (!goal) yield binding;
    else {
      for (const next of goal.solve(binding, solving)) {
        if (!solving.mayGoOn()) return;
        yield* from(index + 1, next, solving);
      }
    }
  }
  return { isTimed: goals.some(({ isTimed }) => isTimed), solve: (binding, solving) => from(0, binding, solving) };
}

/** `any`: one of them at the least. */
function any(checks: Given<'any'>, building: Building): Goal {
  const goals = checks.map((check) => buildGoal(check, building));
  return {
    isTimed: goals.some(({ isTimed }) => isTimed),
    *solve(binding, solving) {
      for (const goal of goals) yield* goal.solve(binding, solving);
    },
  };
}

/** `not`: it does not hold now. */
function not(check: Given<'not'>, building: Building): Goal {
  const goal = buildGoal(check, building);
  return {
    isTimed: goal.isTimed,
    *solve(binding, solving) {
      if (!isSolved(goal, binding, solving)) yield binding;
    },
  };
}
