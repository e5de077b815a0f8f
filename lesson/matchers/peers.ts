import { type Building, type Goal, withEvidence } from '../judge/goal.ts';
import type { Given } from '../schema/check-schema.ts';

/** `peer`: a scripted peer went through its script on the learner's server, or stopped within it. */
export function peer([id, outcome]: Given<'peer'>, { step }: Building): Goal {
  return {
    isTimed: true,
    *solve(binding, { facts }) {
      const index = facts.peers.findIndex(
        (fact, at) => at >= step.firstPeer && fact.peer === id && fact.hasPassed === (outcome === 'passed'),
      );
      if (index >= 0) yield withEvidence(binding, { kind: 'peer', peer: id });
    },
  };
}
