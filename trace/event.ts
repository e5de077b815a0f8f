import type { Call } from '../protocol/call.ts';
import type { SocketErrorCode } from '../protocol/errors.ts';
import type { ByteCount, Microseconds } from '../protocol/units.ts';

/** Which end of the connection made the call: the page's own socket, or the program it talks to. */
export type End = 'local' | 'peer';

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
};
