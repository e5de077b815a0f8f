import type { Pack } from '../lesson/pack/pack.ts';
import type { Step } from '../lesson/schema/schema.ts';
import { type Claim, isOfPrograms } from './claims.ts';
import { LearningTab, type Machine } from './tab.ts';

/** `leftOut`: this machine lacks what the step needs. */
export type Verdict = { readonly kind: 'holds' | 'leftOut' } | { readonly kind: 'fails'; readonly why: string };
const HOLDS: Verdict = { kind: 'holds' };

/** Whether a claim holds, by an attempt in a tab of its own on a server of its own. */
export async function prove(pack: Pack, claim: Claim, machine: Machine): Promise<Verdict> {
  const from =
    claim.kind === 'wrong' && isAnsweredAlone(claim) ? claim.content.lesson.steps[claim.index]?.id : undefined;
  const { content, hasPrograms } = claim;
  const tab = await LearningTab.open(pack, content, machine, { hasPrograms, ...(from !== undefined && { from }) });
  try {
    if (claim.kind === 'solution') return await proveSolution(tab, claim);
    return (await playUpTo(tab, claim.index)) ?? (await proveWrongPath(tab, claim));
  } finally {
    await tab.close();
  }
}

/** Nothing of the steps before is needed for an answer that speaks of no socket. */
function isAnsweredAlone({ actions }: Claim & { kind: 'wrong' }): boolean {
  return actions.every(({ answer }) => answer !== undefined && !String(answer[1]).startsWith('$'));
}

async function proveSolution(tab: LearningTab, { content, hasPrograms }: Claim): Promise<Verdict> {
  for (const step of content.lesson.steps) {
    // What needs a program that runs is proved where programs do.
    if (!hasPrograms && isOfPrograms(content, step)) return HOLDS;
    if (isPassedOver(tab, step)) continue;
    const failure = (await stands(tab, step)) ?? (await meet(tab, step));
    if (failure) return failure;
  }
  return HOLDS;
}

/** What stands in the way; undefined where the step is waited for. */
async function playUpTo(tab: LearningTab, index: number): Promise<Verdict | undefined> {
  const { steps } = tab.run.lesson;
  for (const step of steps.slice(0, index)) {
    const failure = isPassedOver(tab, step) ? undefined : await meet(tab, step);
    if (failure) return failure;
  }
  const target = steps[index] as Step;
  return isPassedOver(tab, target) ? { kind: 'leftOut' } : await stands(tab, target);
}

/** This machine lacks what it needs, or a link led past it. */
function isPassedOver({ run }: LearningTab, { id }: Step): boolean {
  const { kind } = run.stateOf(id);
  return kind === 'skipped' || kind === 'before';
}
/** Nothing is met and no hint raised before anything was done. */
async function stands(tab: LearningTab, step: Step): Promise<Verdict | undefined> {
  await tab.settle();
  if (tab.run.current !== step) return fails(`${step.id} is met before its solution`);
  const raised = raisedBy(tab, step);
  return raised.length > 0 ? fails(`${step.id} has the hint ${raised.join()} before anything was done`) : undefined;
}

async function meet(tab: LearningTab, step: Step): Promise<Verdict | undefined> {
  const { run } = tab;
  await tab.play(step, step.solution);
  if (await tab.judged(() => run.current !== step, tab.patience)) return undefined;
  const missing = run.judge.missing.map(({ check }) => JSON.stringify(check)).join(' and ');
  return fails(`${step.id} is not met by its solution: it waits for ${missing}`);
}

async function proveWrongPath(tab: LearningTab, claim: Claim & { kind: 'wrong' }): Promise<Verdict> {
  const { run } = tab;
  const step = run.current as Step;
  await tab.play(step, claim.actions);
  await tab.judged(() => run.current !== step || raisedBy(tab, step).includes(claim.hint), tab.patience);
  await tab.settle();
  if (run.current !== step) return fails(`${step.id} is met by it`);
  const raised = raisedBy(tab, step);
  if (raised.join() === claim.hint) return HOLDS;
  return fails(`raises ${raised.length > 0 ? raised.join(' and ') : 'no hint'}`);
}

/** Hints that stand there by what went wrong. */
function raisedBy({ run }: LearningTab, { hints }: Step): string[] {
  const raised = new Set(run.judge.hints.map(({ id }) => id));
  return hints.filter(({ id, when }) => when && raised.has(id)).map(({ id }) => id);
}

function fails(why: string): Verdict {
  return { kind: 'fails', why };
}
