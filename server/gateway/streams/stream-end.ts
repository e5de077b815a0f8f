import { type SocketErrorCode, socketErrorOf } from '../../../protocol/errors.ts';
import { FrameType } from '../../../protocol/frame.ts';
import { encodeMessage } from '../../../protocol/messages/codec.ts';
import type { FailedCall, Reset } from '../../../protocol/messages/socket.ts';
import { encodeTime } from '../../../protocol/payloads.ts';
import type { Microseconds } from '../../../protocol/units.ts';
import type { Outbound } from './outbound.ts';

/** How much of an error's text a message carries. */
const TEXT_MAX = 1_024;

/** How a stream ended badly. */
export type Failure = { readonly code: SocketErrorCode; readonly text: string; readonly call: FailedCall };

/** By what Node, libuv and `server/net` call it in `syscall`. */
const CALL_OF_SYSCALL = new Map<unknown, FailedCall>([
  ['socket', 'socket'],
  ['bind', 'bind'],
  ['listen', 'listen'],
  ['connect', 'connect'],
  ['setsockopt', 'setsockopt'],
  ['uv_send_buffer_size', 'setsockopt'],
  ['uv_recv_buffer_size', 'setsockopt'],
  ['read', 'recv'],
  ['write', 'send'],
  ['writev', 'send'],
  ['shutdown', 'shutdown'],
  ['send', 'sendto'],
  ['recvmsg', 'recvfrom'],
]);
/** They are bind(2)'s, whatever call told of them: libuv keeps EADDRINUSE for the call after bind. */
const BIND_ERRORS: ReadonlySet<SocketErrorCode> = new Set(['EADDRINUSE', 'LISTEN_FORBIDDEN']);

/** What was thrown, as the browser is told of it; of the call `otherwise` where it does not say which. */
export function failureFrom(error: unknown, otherwise: FailedCall): Failure {
  const code = socketErrorOf(error);
  const syscall = (error as { readonly syscall?: unknown } | undefined)?.syscall;
  const call = BIND_ERRORS.has(code) ? 'bind' : (CALL_OF_SYSCALL.get(syscall) ?? otherwise);
  return { code, text: error instanceof Error ? error.message : String(error), call };
}

/** How a stream ended, and when: closed, or with a call that failed. `details`: what RST tells of an OPEN that failed. */
export type StreamEnd = {
  readonly at: Microseconds;
  readonly failure?: Failure;
  readonly details?: Pick<Reset, 'called' | 'remote' | 'tried'>;
};

/** The stream's last frame, CLOSED or RST, at the end of its queue. */
export function pushEnd(outbound: Outbound, { at, failure, details }: StreamEnd): void {
  if (!failure) {
    outbound.push(FrameType.CLOSED, encodeTime(at), 0);
    return;
  }
  outbound.push(FrameType.RST, encodeReset(at, failure, details), 0);
}

/** The payload of the RST that ends a stream. */
export function encodeReset(
  at: Microseconds,
  { code, text, call }: Failure,
  details: StreamEnd['details'] = {},
): Uint8Array<ArrayBuffer> {
  return encodeMessage({ at, code, text: cutText(text), call, ...details } satisfies Reset);
}

/** As much of a text as a message carries. */
export function cutText(text: string): string {
  return text.slice(0, TEXT_MAX);
}
