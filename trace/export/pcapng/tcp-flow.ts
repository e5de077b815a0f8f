import type { SocketErrorCode } from '../../../protocol/errors.ts';
import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import { type End, isUnanswered, type TraceEvent } from '../../event.ts';
import type { RecordedSocket } from '../recording.ts';
import { dataOf } from './flow-data.ts';

/** Bytes of one send, or a FIN, on their way from one end: what the trace tells of a connection's wire. */
export type Happening = {
  readonly kind: 'data' | 'FIN';
  readonly from: End;
  readonly at: Microseconds;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  /** Why it is believed, where no call of the sender was seen to make it. */
  readonly inference?: string;
};

export type TcpFlow = {
  /** `nothing`: no SYN ever left, so there is nothing to draw. */
  readonly outcome: 'established' | 'refused' | 'unanswered' | 'nothing';
  readonly opener: End;
  /** When connect() was called, and when it had returned; one and the same where only one of them is known. */
  readonly calledAt: Microseconds;
  readonly openedAt: Microseconds;
  /** By time; each end's own in stream order. */
  readonly happenings: readonly Happening[];
  readonly reset: { readonly from: End; readonly at: Microseconds } | undefined;
};

const REFUSED = new Set<SocketErrorCode>(['ECONNREFUSED', 'ECONNRESET']);
const WAS_RESET = new Set<SocketErrorCode>(['ECONNRESET', 'EPIPE']);

/** Reads a connection's life on the wire out of the calls at both of its ends. */
export function tcpFlow(socket: RecordedSocket): TcpFlow {
  const opener: End = socket.kind === 'accepted' ? 'peer' : 'local';
  const own = socket.events.filter(({ end }) => end === 'local');
  // Of a name's addresses several may have been tried: the last one is where the socket went.
  const connect = own.findLast(({ call }) => call === 'connect') ?? own.find(({ call }) => call === 'accept');
  const reset = resetOf(socket);
  const happenings = merge(sideOf(socket, 'local', reset), sideOf(socket, 'peer', reset), opener);
  const first = happenings[0]?.at ?? reset?.at;
  const openedAt = Math.min(connect?.at ?? first ?? 0, first ?? Number.POSITIVE_INFINITY);
  const calledAt = Math.min(openedAt, connect ? Math.max(0, connect.at - (connect.took ?? 0)) : openedAt);
  return { outcome: outcomeOf(socket, connect, first), opener, calledAt, openedAt, happenings, reset };
}

function outcomeOf(
  { kind }: RecordedSocket,
  connect: TraceEvent | undefined,
  first: Microseconds | undefined,
): TcpFlow['outcome'] {
  if (kind === 'listen') return 'nothing';
  const error = connect?.error;
  if (error === undefined) return connect || first !== undefined || kind === 'accepted' ? 'established' : 'nothing';
  if (REFUSED.has(error)) return 'refused';
  return isUnanswered(error) ? 'unanswered' : 'nothing';
}

/** The first of: an end closed with a reset; an end was told that the other had. */
function resetOf({ events }: RecordedSocket): TcpFlow['reset'] {
  for (const { at, end, call, error } of events) {
    if (call === 'reset' && error === undefined) return { from: end, at };
    const wasTold = error !== undefined && WAS_RESET.has(error) && call !== 'connect';
    if (wasTold) return { from: end === 'local' ? 'peer' : 'local', at };
  }
  return undefined;
}

/** One end's data and then its FIN, with times that never go back. */
function sideOf(socket: RecordedSocket, end: End, reset: TcpFlow['reset']): Happening[] {
  let at: Microseconds = 0;
  const side: Happening[] = dataOf(socket, end).map((data) => {
    at = Math.max(at, data.at);
    return { kind: 'data', from: end, ...data, at };
  });
  const fin = finOf(socket, end, reset);
  if (fin && !(reset && reset.at <= fin.at)) {
    side.push({ kind: 'FIN', from: end, offset: 0, count: 0, ...fin, at: Math.max(at, fin.at) });
  }
  return side;
}

/** When an end shut its sending half: by its own call, or because the other end read the end of the stream. */
function finOf(
  { events }: RecordedSocket,
  end: End,
  reset: TcpFlow['reset'],
): { at: Microseconds; inference: string } | undefined {
  let found: { at: Microseconds; inference: string } | undefined;
  for (const event of events) {
    const inference = finEvidence(event, end, reset);
    if (inference && (!found || event.at < found.at)) found = { at: event.at, inference };
  }
  return found;
}
function finEvidence(event: TraceEvent, end: End, reset: TcpFlow['reset']): string | undefined {
  const { call, argument, count, error } = event;
  if (error !== undefined) return undefined;
  if (event.end !== end) return call === 'recv' && count === 0 ? 'FIN: recv() returned 0 bytes' : undefined;
  // SHUT_RD sends nothing.
  if (call === 'shutdown') return argument === 0 ? undefined : 'FIN of shutdown()';
  // A close that throws unread bytes away is a reset (RFC 9293 §3.6.1), and the other end was told so.
  return call === 'close' && reset?.from !== end ? 'FIN of close()' : undefined;
}

/** Two ordered lists as one. At one and the same microsecond the end that opened the connection goes first. */
function merge(local: readonly Happening[], peer: readonly Happening[], opener: End): Happening[] {
  const merged: Happening[] = [];
  let l = 0;
  let p = 0;
  while (l < local.length || p < peer.length) {
    const a = local[l];
    const b = peer[p];
    const isLocalFirst = a && (!b || a.at < b.at || (a.at === b.at && opener === 'local'));
    if (isLocalFirst) {
      merged.push(a);
      l += 1;
    } else if (b) {
      merged.push(b);
      p += 1;
    }
  }
  return merged;
}
