import type { ByteCount, Milliseconds } from '../../protocol/units.ts';

/** What one end of a connection does, by the names of the test kit's methods; `close` is close(2). */
export type ScriptStep = {
  /** Of the text that it was written in, from 1 on. */
  readonly line?: number;
} & (
  | {
      readonly kind: 'send';
      /** The bytes of the nth round. */
      readonly bytes: (round: number) => Uint8Array;
    }
  | (Timed & { readonly kind: 'expectBytes' | 'readUntil'; readonly bytes: Uint8Array })
  | (Timed & { readonly kind: 'read'; readonly count: ByteCount })
  | (Timed & { readonly kind: 'expectEnd' })
  | { readonly kind: 'pause'; readonly span: Milliseconds }
  /** `end` is FIN. */
  | { readonly kind: 'end' | 'reset' | 'close' }
);
/** What waits for the other end: for how long at the most. */
type Timed = { readonly within?: Milliseconds };

/** What bytes are answered: any that have come, a line, or what ends with these bytes. */
export type ScriptTrigger =
  | { readonly kind: 'any' }
  /** Bytes up to a line feed, with these in them. */
  | { readonly kind: 'line'; readonly bytes: Uint8Array }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
/** `echo` sends what was answered. */
export type ScriptAction = ScriptStep | { readonly kind: 'echo'; readonly line?: number };
export type ScriptRule = { readonly trigger: ScriptTrigger; readonly actions: readonly ScriptAction[] };

/** Steps in their order, and then, as long as the connection lasts, answers by rule. */
export type Script = { readonly steps: readonly ScriptStep[]; readonly rules: readonly ScriptRule[] };

const LINE_FEED = 0x0a;
/** So much is looked at at a time: what is waited for stands within half of it. */
export const LOOK_BYTES: ByteCount = 65_536;

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
