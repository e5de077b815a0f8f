import { endOfBytes, type ScriptStep, type StreamEnding } from './script.ts';
import type { UnreadBytes } from './unread-bytes.ts';

declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

const TIMED = ['expectBytes', 'readUntil', 'expectText', 'read', 'expectEnd'] as const;
type Timed = ScriptStep & { readonly kind: (typeof TIMED)[number] };
/** A step that waits for the other end. */
export type Expectation = Timed | (ScriptStep & { readonly kind: 'expectSilence' });

/** It has a time limit of its own, or that of the run. */
export function isTimed(step: ScriptStep): step is Timed {
  return (TIMED as readonly string[]).includes(step.kind);
}
/** These wait for a connection that goes on: behind its last byte none of them is met any more. */
export const READS: ReadonlySet<ScriptStep['kind']> = new Set([
  'expectBytes',
  'readUntil',
  'expectText',
  'read',
  'expectSilence',
]);

/** How the connection stands behind the bytes that have come. */
type Connection = { readonly ending: StreamEnding | undefined; readonly isOver: boolean };

/**
 * What has come, held against the step: `met`, and its bytes are taken; `differs`, which nothing that comes later changes; or neither,
 * yet. Silence is met as long as it lasts.
 */
export function meet(step: Expectation, unread: UnreadBytes, connection: Connection): 'met' | 'differs' | 'waits' {
  switch (step.kind) {
    case 'expectBytes':
      return meetBytes(step.bytes, unread);
    case 'readUntil': {
      const end = unread.find((bytes) => endOfBytes(bytes, step.bytes));
      unread.skip(end ?? 0);
      return end === undefined ? 'waits' : 'met';
    }
    case 'expectText':
      if (!step.fits(new TextDecoder().decode(unread.look()))) return 'waits';
      unread.skip(unread.count);
      return 'met';
    case 'read':
      if (unread.count < step.count) return 'waits';
      unread.skip(step.count);
      return 'met';
    case 'expectEnd':
      return meetEnd(step.ending, unread, connection);
    default:
      if (unread.count > 0) return 'differs';
      return connection.ending === undefined && !connection.isOver ? 'met' : 'waits';
  }
}
function meetBytes(expected: Uint8Array, unread: UnreadBytes): 'met' | 'differs' | 'waits' {
  const came = unread.look(expected.length);
  if (came.some((byte, index) => byte !== expected[index])) return 'differs';
  if (came.length < expected.length) return 'waits';
  unread.skip(came.length);
  return 'met';
}
function meetEnd(expected: StreamEnding | undefined, unread: UnreadBytes, { ending, isOver }: Connection) {
  // Whatever came before, and where the connection is over by a call of this end too.
  if (expected === undefined) return ending !== undefined || isOver ? 'met' : 'waits';
  if (unread.count > 0) return 'differs';
  if (ending === undefined) return 'waits';
  return ending === expected ? 'met' : 'differs';
}
