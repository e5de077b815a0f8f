import type { Direction, TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';
import { type LadderRow, Mark } from './rows.ts';

/** What crossed the wire in a row: bytes were measured; what user space never sees is inferred from the calls. */
export type Wire =
  | { readonly kind: 'bytes'; readonly direction: Direction; readonly event: TraceEvent; readonly isRest: boolean }
  | { readonly kind: 'inferred'; readonly direction: Direction; readonly what: Inferred };
/** `syn` had no answer; `end` is a Unix socket's end of file, which no segment carries. */
export type Inferred = 'handshake' | 'refused' | 'syn' | 'fin' | 'reset' | 'end';

export function wireOf({ local, peer, marks }: LadderRow, socket: SocketKind): Wire | undefined {
  const isUnix = socket === 'unix';
  if (marks & Mark.Reset) return inferred(isResetSent(local, peer) ? 'sent' : 'received', 'reset');
  if (marks & Mark.Fin) {
    if (marks & Mark.Rest || socket === 'listen' || socket === 'udp') return undefined;
    return inferred(isFinSent(local, peer) ? 'sent' : 'received', isUnix ? 'end' : 'fin');
  }
  const bytes = sender(local, peer);
  if (bytes?.direction) {
    return { kind: 'bytes', direction: bytes.direction, event: bytes, isRest: (marks & Mark.Rest) !== 0 };
  }
  if (isUnix) return undefined;
  if (local?.call === 'accept') return inferred('received', 'handshake');
  return local?.call === 'connect' ? connecting(local) : undefined;
}

function connecting({ error }: TraceEvent): Wire | undefined {
  if (error === undefined) return inferred('sent', 'handshake');
  if (error === 'ECONNREFUSED') return inferred('sent', 'refused');
  return error === 'ETIMEDOUT' || error === 'CONNECT_TIMEOUT' ? inferred('sent', 'syn') : undefined;
}
function inferred(direction: Direction, what: Inferred): Wire {
  return { kind: 'inferred', direction, what };
}
/** The call that put the bytes on the wire; else the one that took them off it. A call that failed moved none. */
function sender(local: TraceEvent | undefined, peer: TraceEvent | undefined): TraceEvent | undefined {
  const [call, other] = local?.direction === 'received' && peer ? [peer, local] : [local ?? peer, undefined];
  return call?.error === undefined ? call : other;
}
function isResetSent(local: TraceEvent | undefined, peer: TraceEvent | undefined): boolean {
  return local ? local.call === 'reset' : peer?.call !== 'reset';
}
function isFinSent(local: TraceEvent | undefined, peer: TraceEvent | undefined): boolean {
  return local ? local.call !== 'recv' : peer?.call === 'recv';
}
