import type { TcpState } from '../protocol/tcp-state.ts';

export type SocketKind = 'tcp' | 'unix' | 'udp' | 'listen' | 'accepted';
/** RFC 9293's states; UNCONN is a datagram socket's, as ss(8) calls it. */
export type SocketState = TcpState | 'UNCONN';
