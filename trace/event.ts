import type { Call } from '../protocol/call.ts';
import type { SocketErrorCode } from '../protocol/errors.ts';
import type { ByteCount, Microseconds } from '../protocol/units.ts';

/** Which end of the connection made the call: the page's own socket, or the program it talks to. */
export type End = 'local' | 'peer';

/** The line of a program that made a call, or led to it. `thread` has a name where it is not the main one. */
export type CallSite = { readonly file: string; readonly line: number; readonly thread?: string };

/** `implicit`: nobody made the call; the playground did, where a program's kernel would, or in place of one that is still to come. */
export const CALL_VARIANTS = ['sendall', 'MSG_PEEK', 'implicit'] as const;
export type CallVariant = (typeof CALL_VARIANTS)[number];

/** Which way bytes went, seen from the page's own socket. */
export type Direction = 'sent' | 'received';

/**
 * One happening on a socket, at one end. It holds no bytes: they stand once in the socket's two byte streams, and
 * `direction`, `offset` and `count` say which of them this call moved. Both ends' calls on the same bytes thus share
 * offsets: that is what the ladder and the boundary lens join on. For UDP the streams are the datagrams, end to end.
 */
export type TraceEvent = {
  /** When the call returned, on the server's monotonic clock. */
  readonly at: Microseconds;
  readonly end: End;
  readonly call: Call;
  /** The number in the call's brackets: recv(1024), listen(5). */
  readonly argument: number | undefined;
  readonly direction: Direction | undefined;
  readonly offset: ByteCount;
  readonly count: ByteCount;
  /** Of a recvfrom that was too small for its datagram: how long that was. What exceeds `count` is lost. */
  readonly whole?: ByteCount;
  /** An address as `127.0.0.1:8009`, a printed line, an option; empty where there is none. */
  readonly text: string;
  readonly error: SocketErrorCode | undefined;
  /** From the call to its return, where it was measured. */
  readonly took: Microseconds | undefined;
  /** Of a program's call. One that the standard library makes in a thread of its own has none. */
  readonly site?: CallSite;
  /** How many bytes a send was given: `count` of them were taken. A send that failed moves none. */
  readonly given?: ByteCount;
  /** What the program wrote where `call` does not say it. With MSG_PEEK the bytes stay where they are: there is no `direction`. */
  readonly variant?: CallVariant;
};

/** An error of setsockopt(2) leaves the socket as it was; one of any other call of its own ends it. */
export function isHarmless({ call, error }: Pick<TraceEvent, 'call' | 'error'>): boolean {
  return call === 'setsockopt' && error !== undefined;
}

/** How a connect(2) ends whose SYN nobody answered; SOCKET_CLOSED: the socket was closed meanwhile. */
const UNANSWERED: ReadonlySet<SocketErrorCode> = new Set<SocketErrorCode>([
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'SOCKET_CLOSED',
]);

export function isUnanswered(error: SocketErrorCode | undefined): boolean {
  return error !== undefined && UNANSWERED.has(error);
}
