import type { ByteCount, Milliseconds } from '../../protocol/units.ts';

/** How the other end's sending ended. */
export type StreamEnding = 'fin' | 'reset';

/** What one end of a connection does, by the names of the test kit's methods; `close` is close(2). */
export type ScriptStep = {
  /** Of what it was written in, from 1 on: the line of a text, the action of a peer of a lesson. */
  readonly line?: number;
} & (
  | {
      readonly kind: 'send';
      /** The bytes of the nth round. */
      readonly bytes: (round: number) => Uint8Array;
    }
  | (Timed & { readonly kind: 'expectBytes' | 'readUntil'; readonly bytes: Uint8Array })
  /** All that has come and is unread is text like this template. */
  | (Timed & { readonly kind: 'expectText'; readonly template: string; readonly fits: (text: string) => boolean })
  | (Timed & { readonly kind: 'read'; readonly count: ByteCount })
  /** With an ending: this one, and no byte before it. Without: any, whatever came before. */
  | (Timed & { readonly kind: 'expectEnd'; readonly ending?: StreamEnding })
  /** Nothing comes for so long, not the end either. */
  | { readonly kind: 'expectSilence'; readonly span: Milliseconds }
  | { readonly kind: 'pause'; readonly span: Milliseconds }
  /** `end` is FIN. */
  | { readonly kind: 'end' | 'reset' | 'close' }
);
/** What waits for the other end: its time limit. */
type Timed = { readonly within?: Milliseconds };
/** What a line of text can say: templates are of lessons. */
export type WrittenStep = Exclude<ScriptStep, { readonly kind: 'expectText' }>;

/** What bytes are answered: any that have come, a line, or what ends with these bytes. */
export type ScriptTrigger =
  | { readonly kind: 'any' }
  /** Bytes up to a line feed, with these in them. */
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
/** `echo` sends what was answered. */
export type ScriptAction = WrittenStep | { readonly kind: 'echo'; readonly line?: number };
export type ScriptRule = { readonly trigger: ScriptTrigger; readonly actions: readonly ScriptAction[] };

/** Steps in their order, and then, as long as the connection lasts, answers by rule. */
export type Script<Step extends ScriptStep = ScriptStep> = {
  readonly steps: readonly Step[];
  readonly rules: readonly ScriptRule[];
};
export type WrittenScript = Script<WrittenStep>;

const LINE_FEED = 0x0a;

/** Where the first of the bytes that the trigger waits for end; undefined while they have not come. */
function endOf(trigger: ScriptTrigger, unread: Uint8Array): ByteCount | undefined {
  if (trigger.kind === 'any') return unread.length > 0 ? unread.length : undefined;
  if (trigger.kind === 'bytes') return endOfBytes(unread, trigger.bytes);
  for (let start = 0; ; ) {
    const feed = unread.indexOf(LINE_FEED, start);
    if (feed < 0) return undefined;
    if (endOfBytes(unread.subarray(start, feed), trigger.bytes) !== undefined) return feed + 1;
    start = feed + 1;
  }
}

/** One past where these bytes stand first. */
export function endOfBytes(within: Uint8Array, bytes: Uint8Array): ByteCount | undefined {
  for (let start = 0; start + bytes.length <= within.length; start += 1) {
    if (bytes.every((byte, index) => byte === within[start + index])) return start + bytes.length;
  }
  return undefined;
}

/**
 * The rule that answers first: the one whose bytes end first in the stream, of two the one that stands first. `any` answers what no other
 * rule does. A stream has no messages: how it was cut on its way makes no difference but to `any`.
 */
export function matchRule(
  rules: readonly ScriptRule[],
  unread: Uint8Array,
): { readonly rule: ScriptRule; readonly end: ByteCount } | undefined {
  let found: { readonly rule: ScriptRule; readonly end: ByteCount } | undefined;
  for (const rule of rules) {
    if (found && rule.trigger.kind === 'any') continue;
    const end = endOf(rule.trigger, unread);
    if (end === undefined) continue;
    if (!found || found.rule.trigger.kind === 'any' || end < found.end) found = { rule, end };
  }
  return found;
}
