import type { Milliseconds } from '../../../protocol/units.ts';
import { isScript, parseScript, type ScriptProblem } from '../../../trace/script/parse-script.ts';
import { matchRule, type ScriptAction, type StreamEnding, type WrittenScript } from '../../../trace/script/script.ts';
import type { Call } from '../expectation.ts';
import type { WaitOptions } from '../waiting.ts';

/** What a script does to one end of a connection: the methods of a peer. */
type Played = {
  readonly expectBytes: (bytes: Uint8Array, options: WaitOptions) => Promise<void>;
  readonly read: (count: number, options: WaitOptions) => Promise<unknown>;
  readonly readUntil: (bytes: Uint8Array, options: WaitOptions) => Promise<unknown>;
  readonly expectEnd: (ending: StreamEnding, options: WaitOptions) => Promise<void>;
  readonly expectSilence: (span: Milliseconds) => Promise<void>;
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly reset: () => void;
  /** What `find` finds the end of in the bytes that come, taken; undefined when no more come. */
  readonly takeWhere: <Found extends { readonly end: number }>(
    find: (unread: Uint8Array) => Found | undefined,
  ) => Promise<{ readonly found: Found; readonly bytes: Uint8Array } | undefined>;
};

const PROBLEMS: Readonly<Record<ScriptProblem['reason'], string>> = {
  word: 'no such step, or something extra after it',
  bytes: 'bytes go in quotes, as in send "hi\\n" or hex"01 ff"',
  number: 'a whole number is missing, or it is too large',
  order: 'steps come before the first rule (on …)',
  length: 'the script is too long',
};

/** The grammar of the page's sequences and answers. @throws {SocketExpectationError} at the test's line, with the script's */
export function readScript(text: string, call: Call): WrittenScript {
  const script = parseScript(text);
  if (!isScript(script)) throw call.error(`the script, line ${script.line}: ${PROBLEMS[script.reason]}`);
  return script;
}

/**
 * Its steps in their order, and then its rules as long as bytes come. What waits does so for `timeout`, unless its line says `within`; a
 * rule waits as long as the connection lasts.
 * @throws {SocketExpectationError} at the test's line, with the script's
 */
export async function playScript(
  peer: Played,
  script: WrittenScript,
  call: Call,
  timeout: Milliseconds,
): Promise<void> {
  const take = async (step: ScriptAction, answered: Uint8Array): Promise<void> => {
    try {
      await takeStep(peer, step, answered, timeout);
    } catch (error) {
      throw call.error(`the script, line ${step.line}, ${step.kind}: ${(error as Error).message}`, error);
    }
  };
  for (const step of script.steps) await take(step, NOTHING);
  if (script.rules.length === 0) return;
  for (;;) {
    const match = await peer.takeWhere((unread) => matchRule(script.rules, unread));
    if (match === undefined) return;
    for (const action of match.found.rule.actions) await take(action, match.bytes);
  }
}

async function takeStep(peer: Played, step: ScriptAction, answered: Uint8Array, timeout: Milliseconds): Promise<void> {
  switch (step.kind) {
    case 'send':
      peer.send(step.bytes(1));
      return;
    case 'echo':
      peer.send(answered);
      return;
    case 'expectBytes':
      return await peer.expectBytes(step.bytes, { timeout: step.within ?? timeout });
    case 'readUntil':
      await peer.readUntil(step.bytes, { timeout: step.within ?? timeout });
      return;
    case 'read':
      await peer.read(step.count, { timeout: step.within ?? timeout });
      return;
    case 'expectEnd':
      return await peer.expectEnd(step.ending ?? 'fin', { timeout: step.within ?? timeout });
    case 'expectSilence':
      return await peer.expectSilence(step.span);
    case 'pause':
      await new Promise((resolve) => setTimeout(resolve, step.span));
      return;
    case 'reset':
      peer.reset();
      return;
    // close(2) sends FIN behind all that was sent, as end does; the other end's FIN is answered by itself.
    default:
      peer.end();
  }
}

const NOTHING = new Uint8Array();
