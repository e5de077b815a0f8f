import { type SocketErrorCode, socketErrorOf } from '../../../protocol/errors.ts';
import { encodeMessage, type Reset } from '../../../protocol/messages.ts';
import type { Microseconds } from '../../../protocol/units.ts';

/** How much of an error's text a message carries. */
const TEXT_MAX = 1_024;

/** How a stream ended badly. */
export type Failure = { readonly code: SocketErrorCode; readonly text: string };

/** What was thrown, as the browser is told of it. */
export function failureFrom(error: unknown): Failure {
  return { code: socketErrorOf(error), text: error instanceof Error ? error.message : String(error) };
}

/** The payload of the RST that ends a stream. */
export function encodeReset(
  at: Microseconds,
  { code, text }: Failure,
  more: Pick<Reset, 'tried'> = {},
): Uint8Array<ArrayBuffer> {
  return encodeMessage({ at, code, text: cutText(text), ...more } satisfies Reset);
}

/** As much of a text as a message carries. */
export function cutText(text: string): string {
  return text.slice(0, TEXT_MAX);
}
