import type { SocketErrorCode } from '../protocol/errors.ts';
import type { TcpState } from '../protocol/tcp-state.ts';
import type { Microseconds } from '../protocol/units.ts';

export type SocketKind = 'tcp' | 'unix' | 'udp' | 'listen' | 'accepted';
/** RFC 9293's states; UNCONN is a datagram socket's, as ss(8) calls it. */
export type SocketState = TcpState | 'UNCONN';
export type SocketFailure = { readonly code: SocketErrorCode; readonly text: string; readonly at: Microseconds };
