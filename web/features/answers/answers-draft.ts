import { PlaygroundError } from '../../../protocol/errors.ts';
import { parseEscapes } from '../../../trace/bytes/escapes.ts';
import { isScript, parseScript, type ScriptProblem } from '../../../trace/script/parse-script.ts';
import type { Script } from '../../../trace/script/script.ts';

/** What a listener of one's own does with those who connect: by hand, it does nothing. */
export const ANSWER_KINDS = ['hand', 'echo', 'fixed', 'rules', 'relay'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];
/** Those that are scripts. */
export type ScriptedKind = Exclude<AnswerKind, 'hand' | 'relay'>;

/** The answers as a script, run for each connection. `fixed`: these bytes for each line that comes, with the escapes of the composer. */
export function answerScript(kind: ScriptedKind, text: string): Script | ScriptProblem {
  if (kind === 'echo') return parseScript('on any echo');
  if (kind === 'rules') {
    const script = parseScript(text);
    return isScript(script) && script.steps.length + script.rules.length === 0 ? { line: 1, reason: 'word' } : script;
  }
  try {
    const bytes = parseEscapes(text);
    if (bytes.length === 0) return { line: 1, reason: 'bytes' };
    const send = { kind: 'send', bytes: () => bytes } as const;
    return { steps: [], rules: [{ trigger: { kind: 'line', bytes: new Uint8Array() }, actions: [send] }] };
  } catch (error) {
    if (error instanceof PlaygroundError) return { line: 1, reason: 'bytes' };
    throw error;
  }
}
export function parseKind(kind: string | undefined): AnswerKind {
  return ANSWER_KINDS.find((known) => known === kind) ?? 'hand';
}
