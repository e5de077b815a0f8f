import type { Milliseconds } from '../../../protocol/units.ts';
import { withRound } from '../../../trace/script/parse-script.ts';
import type { Script, ScriptStep } from '../../../trace/script/script.ts';
import { type Draft, encodeDraft } from './draft.ts';

/** What stands in the two fields. */
export type RepeatDraft = { readonly times: string; readonly every: string };
export const FIRST_REPEAT: RepeatDraft = { times: '10', every: '1000' };
export const TIMES_MAX = 10_000;
export const EVERY_MIN: Milliseconds = 10;
export const EVERY_MAX: Milliseconds = 3_600_000;

export type Repeat = { readonly times: number; readonly every: Milliseconds };
export type RepeatErrors = { readonly times?: true; readonly every?: true };

/** Both fields are checked, so that both faults are told at once. */
export function parseRepeat({ times, every }: RepeatDraft): Repeat | { readonly errors: RepeatErrors } {
  const [parsedTimes, parsedEvery] = [wholeNumber(times, 1, TIMES_MAX), wholeNumber(every, EVERY_MIN, EVERY_MAX)];
  if (parsedTimes !== undefined && parsedEvery !== undefined) return { times: parsedTimes, every: parsedEvery };
  return {
    errors: { ...(parsedTimes === undefined && { times: true }), ...(parsedEvery === undefined && { every: true }) },
  };
}
function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\s*[0-9]{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/**
 * A message as a script of one step, `{n}` in it the number of the round.
 * @throws {PlaygroundError} as encodeDraft: it is no bytes
 */
export function messageScript(draft: Draft): Script {
  const bytes = (round: number) =>
    encodeDraft({ ...draft, text: withRound(draft.text, round, draft.sendAs === 'hex') });
  bytes(1);
  const step: ScriptStep = { kind: 'send', bytes };
  return { steps: [step], rules: [] };
}
