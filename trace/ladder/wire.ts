import { isUnanswered, type TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';
import { type LadderCall, type LadderRow, Mark } from './row-table.ts';
import type { Column } from './source.ts';

/** What crossed the wire in a row: bytes were measured; what user space never sees is inferred from the calls. */
export type Wire =
  | { readonly kind: 'bytes'; readonly to: Column; readonly call: LadderCall }
  | { readonly kind: 'inferred'; readonly to: Column; readonly what: Inferred }
  /** No arrow: these bytes came in an earlier row, and waited in the receive buffer. */
  | { readonly kind: 'rest'; readonly to: Column; readonly call: LadderCall }
  /** No arrow: the kernel made the handshake before accept() was called. */
  | { readonly kind: 'earlier' };
/** `syn` had no answer; `end` is a Unix socket's end of file, which no segment carries. */
export type Inferred = 'handshake' | 'refused' | 'syn' | 'fin' | 'reset' | 'end';

/** `kind` of the source of a call. */
export function wireOf(row: LadderRow, kind: (source: number) => SocketKind): Wire | undefined {
  const { left, right, marks } = row;
  const first = left ?? right;
  if (first === undefined) return undefined;
  const socket = kind(first.source);
  const isUnix = socket === 'unix';
  const to: Column = marks & Mark.Leftwards ? 'left' : 'right';
  if (marks & Mark.Nothing) return isEarlier(row) ? { kind: 'earlier' } : undefined;
  if (marks & Mark.Reset) return { kind: 'inferred', to, what: 'reset' };
  if (marks & Mark.Fin) return { kind: 'inferred', to, what: isUnix ? 'end' : 'fin' };
  const sender = isSend(left?.event) ? left : isSend(right?.event) ? right : undefined;
  const call = sender ?? (left && movesBytes(left.event) ? left : right && movesBytes(right.event) ? right : undefined);
  if (call !== undefined) {
    const goesRight = (call === left) === (call === sender);
    const way: Column = goesRight ? 'right' : 'left';
    return { kind: marks & Mark.Rest ? 'rest' : 'bytes', to: way, call };
  }
  if (isUnix) return undefined;
  if (isEarlier(row)) return { kind: 'earlier' };
  const connect = [left, right].find((one) => one?.event.call === 'connect');
  return connect && connecting(connect.event, connect === left ? 'right' : 'left');
}

/** accept() moves no packet. Where the other end's connect stands in the ladder, the handshake is its row's. */
function isEarlier({ left, right, isPaired }: LadderRow): boolean {
  const call = left ?? right;
  return !isPaired && call?.event.call === 'accept' && call.event.end === 'local' && call.event.error === undefined;
}
function connecting({ error }: TraceEvent, to: Column): Wire | undefined {
  if (error === undefined) return { kind: 'inferred', to, what: 'handshake' };
  if (error === 'ECONNREFUSED') return { kind: 'inferred', to, what: 'refused' };
  return isUnanswered(error) ? { kind: 'inferred', to, what: 'syn' } : undefined;
}
/** A call that failed moved none. */
function movesBytes({ direction, error }: TraceEvent): boolean {
  return direction !== undefined && error === undefined;
}
function isSend(event: TraceEvent | undefined): boolean {
  return event !== undefined && movesBytes(event) && (event.direction === 'sent') === (event.end === 'local');
}
