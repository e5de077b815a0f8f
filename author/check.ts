import type { Pack } from '../lesson/pack/pack.ts';
import { snapshotPath } from '../web/python/testing/python-node.ts';
import { type Claim, claimsOf, nameOf } from './claims.ts';
import { prove, type Verdict } from './prove.ts';
import { runPythonInNode } from './python-worker.ts';
import type { Machine } from './tab.ts';

export type CheckOptions = Machine & {
  /** Lessons whose id has this. */
  readonly only: string;
  readonly repeat: number;
  readonly pages: 'play' | 'program' | 'both';
  /** Of the lessons with programs this share alone, of so many. */
  readonly share: readonly [nth: number, of: number];
  /** Lessons that are proved whatever the share. */
  readonly also: readonly string[];
  readonly lanes: number;
  readonly print: (line: string) => void;
};
/** `leftOut`: what this machine cannot do, and wrong paths that nobody can play. */
export type Outcome = { readonly proved: number; readonly failed: number; readonly leftOut: number };

/** Proves what a pack claims of its steps, several lessons side by side, each attempt on a server and in a tab of its own. */
export async function checkPack(pack: Pack, options: CheckOptions): Promise<Outcome> {
  const { claims, unplayed } = claimsOf(pack);
  const outcome = { proved: 0, failed: 0, leftOut: 0 };
  for (const { content, step, hint } of unplayed) {
    if (!content.lesson.id.includes(options.only)) continue;
    outcome.leftOut += 1;
    options.print(`-      ${content.lesson.id}/${step}: the wrong path of "${hint}" has no actions`);
  }
  const wanted = claims.filter((claim) => isWanted(pack, claim, options));
  if (wanted.some(({ hasPrograms }) => hasPrograms)) runPythonInNode(await snapshotPath());
  // Those with programs take longest: they begin.
  const queue = Array.from({ length: options.repeat }, () =>
    wanted.toSorted((one, other) => Number(other.hasPrograms) - Number(one.hasPrograms)),
  ).flat();
  const work = async (): Promise<void> => {
    for (let claim = queue.shift(); claim; claim = queue.shift()) {
      const began = performance.now();
      const verdict = await prove(pack, claim, options).catch(failureOf);
      const took = ((performance.now() - began) / 1_000).toFixed(1);
      outcome[TALLY[verdict.kind]] += 1;
      const name = nameOf(claim);
      if (verdict.kind === 'fails') options.print(`FAILED ${name}: ${verdict.why}`);
      else options.print(`${verdict.kind === 'holds' ? 'ok' : '- '}     ${name} (${took} s)`);
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, work));
  return outcome;
}

const TALLY = { holds: 'proved', fails: 'failed', leftOut: 'leftOut' } as const;
function failureOf(error: unknown): Verdict {
  return { kind: 'fails', why: String(error) };
}

function isWanted(
  { lessons }: Pack,
  { content, hasPrograms }: Claim,
  { only, pages, share, also }: CheckOptions,
): boolean {
  if (!content.lesson.id.includes(only)) return false;
  if (pages !== 'both' && hasPrograms !== (pages === 'program')) return false;
  const [nth, of] = share;
  const isOfShare = lessons.indexOf(content) % of === nth % of;
  return !hasPrograms || isOfShare || also.includes(content.lesson.id);
}
