import type { ByteCount } from '../protocol/units.ts';
import { formatEscapes } from '../trace/bytes/escapes.ts';
import { firstDifference } from '../trace/bytes/first-difference.ts';

/**
 * Why a script stopped: nobody listens (`refused`); other bytes came (`differs`), too few in time (`missing`), or the server ended its
 * side (`ended`) or reset the connection (`reset`) before; it has not ended (`open`); something came where nothing was to (`spoke`).
 */
export type PeerFailure = 'refused' | 'differs' | 'missing' | 'ended' | 'reset' | 'open' | 'spoke';
export type PeerOutcome =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      /** Which action of the script, counted from 0. */
      readonly action: number;
      readonly why: PeerFailure;
      /** As escapes, from a little before the first byte that differs. */
      readonly expected: string;
      readonly received: string;
      /** The first byte that differs, counted from 0 in all that the server sent. */
      readonly at: ByteCount;
    };

/** Shown of each side. */
const SHOWN: ByteCount = 96;
/** Of those before the first difference: what a reader finds the place by. */
const CONTEXT: ByteCount = 32;

/** `start`: where both begin in all that the server sent. */
export function difference(expected: Uint8Array, received: Uint8Array, start: ByteCount) {
  const at = firstDifference(expected, received);
  const from = Math.max(0, at - CONTEXT);
  return { expected: shown(expected, from), received: shown(received, from), at: start + at };
}

function shown(bytes: Uint8Array, from: ByteCount): string {
  const part = bytes.subarray(from, from + SHOWN);
  return `${from > 0 ? '…' : ''}${formatEscapes(part)}${from + part.length < bytes.length ? '…' : ''}`;
}
