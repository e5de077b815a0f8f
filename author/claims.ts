import type { Pack, PackLesson } from '../lesson/pack/pack.ts';
import type { Action, Step } from '../lesson/schema/schema.ts';
import { pageOf } from '../web/store/lessons/lesson-run.ts';

/** `solution`: each step fails before it and holds after it. A hint: its wrong path meets nothing and raises it alone. */
export type Claim = {
  readonly content: PackLesson;
  readonly hasPrograms: boolean;
} & (
  | { readonly kind: 'solution' }
  | { readonly kind: 'wrong'; readonly index: number; readonly hint: string; readonly actions: readonly Action[] }
);
/** A wrong path without actions: what raises its hint is nothing that can be played on every machine. */
export type Unplayed = { readonly content: PackLesson; readonly step: string; readonly hint: string };

const OF_PROGRAMS = ['run', 'write', 'type', 'stop'] as const;

/** All that is to be proved of a pack, the solution of each lesson first. */
export function claimsOf({ lessons }: Pack): { claims: readonly Claim[]; unplayed: readonly Unplayed[] } {
  const claims: Claim[] = [];
  const unplayed: Unplayed[] = [];
  for (const content of lessons) {
    const { steps } = content.lesson;
    const first = steps.findIndex((step) => isOfPrograms(content, step));
    if (first !== 0) claims.push({ kind: 'solution', content, hasPrograms: false });
    if (first >= 0) claims.push({ kind: 'solution', content, hasPrograms: true });
    steps.forEach((step, index) => {
      for (const { hint, actions } of step.wrong ?? []) {
        if (actions.length === 0) unplayed.push({ content, step: step.id, hint });
        else {
          const hasPrograms = (first >= 0 && first <= index) || actions.some(usesPrograms);
          claims.push({ kind: 'wrong', content, index, hint, actions, hasPrograms });
        }
      }
    });
  }
  return { claims, unplayed };
}

/** It is done in programs, or its solution runs one. */
export function isOfPrograms({ lesson }: PackLesson, step: Step): boolean {
  return pageOf(lesson, step) === 'program' || step.solution.some(usesPrograms);
}
function usesPrograms(action: Action): boolean {
  return OF_PROGRAMS.some((name) => action[name] !== undefined);
}

/** `stream/join: the wrong path of "apart"`. */
export function nameOf(claim: Claim): string {
  const { id, steps } = claim.content.lesson;
  if (claim.kind === 'solution') return claim.hasPrograms ? `${id}: the solution` : `${id}: the solution on Play`;
  return `${id}/${steps[claim.index]?.id}: the wrong path of "${claim.hint}"`;
}
