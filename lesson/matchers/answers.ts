import { type Building, type Goal, withEvidence } from '../judge/goal.ts';
import { compileNum } from '../num.ts';
import { isEqualValue, valuesOf } from '../pack/value.ts';
import type { Given } from '../schema/check-schema.ts';

/** `answer`: what the learner answered. */
export function answer([question, wanted]: Given<'answer'>): Goal {
  return {
    isTimed: true,
    *solve(binding, solving) {
      const given = solving.facts.answers.get(question);
      if (given === undefined) return;
      for (const { value, binding: next } of valuesOf(wanted, binding, solving)) {
        if (isEqualValue(given, value)) yield withEvidence(next, { kind: 'answer', question });
      }
    },
  };
}

/** `equal`: two values, such as the ports of two sockets. */
export function equal([one, other]: Given<'equal'>): Goal {
  return {
    isTimed: true,
    *solve(binding, solving) {
      for (const first of valuesOf(one, binding, solving)) {
        for (const second of valuesOf(other, first.binding, solving)) {
          if (isEqualValue(first.value, second.value)) yield second.binding;
        }
      }
    },
  };
}

/** `tried`: what socket(family, type) said; `any` is whatever it said. */
export function tried([family, type, outcome]: Given<'tried'>, { step }: Building): Goal {
  return {
    isTimed: true,
    *solve(binding, { facts }) {
      const index = facts.tried.findIndex(
        (fact, at) =>
          at >= step.firstTried &&
          fact.family === family &&
          fact.type === type &&
          (outcome === 'any' || fact.outcome === outcome),
      );
      if (index >= 0) yield withEvidence(binding, { kind: 'asked', index });
    },
  };
}

/** `echoed`: a recv(n) of SOCK_SEQPACKET returned so many bytes of a message so long. */
export function echoed([{ count, length }]: Given<'echoed'>, { step }: Building): Goal {
  const isCount = compileNum(count);
  const isLength = compileNum(length);
  return {
    isTimed: true,
    *solve(binding, { facts }) {
      const index = facts.echoed.findIndex(
        (fact, at) => at >= step.firstEchoed && isCount(fact.count) && isLength(fact.length),
      );
      if (index >= 0) yield withEvidence(binding, { kind: 'asked', index });
    },
  };
}
