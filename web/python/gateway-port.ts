import type { PeerEvent } from '../../protocol/happenings.ts';
import type { Endpoint, SocketOptions } from '../../protocol/messages.ts';
import type { ByteCount, Microseconds, Port } from '../../protocol/units.ts';

/** A socket as one Python process names it: positive where the process opened it, negative where a listener accepted it. */
export type SocketHandle = number;

/** What a Python process asks of its gateway session. The gateway checks every OPEN against budgets and policy, whoever asks. */
export type GatewayCommand =
  | {
      readonly op: 'open';
      readonly socket: SocketHandle;
      readonly kind: 'tcp' | 'unix' | 'udp' | 'listen' | 'bound';
      readonly host: string;
      readonly port: Port;
      readonly backlog?: number;
      readonly options: SocketOptions;
    }
  /** listen(2) or connect(2) on a socket that is bound. */
  | { readonly op: 'listen'; readonly socket: SocketHandle; readonly backlog: number }
  | { readonly op: 'connect'; readonly socket: SocketHandle; readonly host: string; readonly port: Port }
  | { readonly op: 'setOption'; readonly socket: SocketHandle; readonly options: SocketOptions }
  | { readonly op: 'accept'; readonly socket: SocketHandle }
  | { readonly op: 'send'; readonly socket: SocketHandle; readonly bytes: Uint8Array }
  | {
      readonly op: 'sendTo';
      readonly socket: SocketHandle;
      readonly host: string;
      readonly port: Port;
      readonly bytes: Uint8Array;
    }
  /** The program has read so many bytes: the peer may send as many more. */
  | { readonly op: 'consume'; readonly socket: SocketHandle; readonly count: ByteCount }
  | { readonly op: 'shutdown'; readonly socket: SocketHandle }
  | { readonly op: 'close'; readonly socket: SocketHandle }
  /** close(2) that sends RST: unread bytes were left, or SO_LINGER 0. */
  | { readonly op: 'reset'; readonly socket: SocketHandle }
  | { readonly op: 'resolve'; readonly question: number; readonly host: string; readonly family: 0 | 4 | 6 };

/** What happens to the sockets of one process; all times are of the server's monotonic clock. */
export type GatewayEvent =
  | {
      readonly on: 'opened';
      readonly socket: SocketHandle;
      readonly at: Microseconds;
      readonly local: Endpoint;
      readonly remote?: Endpoint;
      readonly lab?: string;
    }
  | { readonly on: 'data'; readonly socket: SocketHandle; readonly at: Microseconds; readonly bytes: Uint8Array }
  /** So many of the bytes sent are in the gateway's kernel send buffer. */
  | { readonly on: 'sent'; readonly socket: SocketHandle; readonly at: Microseconds; readonly count: ByteCount }
  /** The lab server at the other end made a call. */
  | { readonly on: 'peer'; readonly socket: SocketHandle; readonly event: PeerEvent }
  | {
      readonly on: 'datagram';
      readonly socket: SocketHandle;
      readonly at: Microseconds;
      readonly host: string;
      readonly port: Port;
      readonly bytes: Uint8Array;
    }
  | { readonly on: 'fin'; readonly socket: SocketHandle; readonly at: Microseconds }
  /** The socket is over, or never came to be. `code`: an errno name or a refusal; `text` its reason. */
  | {
      readonly on: 'reset';
      readonly socket: SocketHandle;
      readonly at: Microseconds;
      readonly code: string;
      readonly text: string;
    }
  | { readonly on: 'pending'; readonly socket: SocketHandle; readonly waiting: number }
  | {
      readonly on: 'accepted';
      readonly at: Microseconds;
      readonly listener: SocketHandle;
      readonly socket: SocketHandle;
      readonly local: Endpoint;
      readonly remote: Endpoint;
    }
  | { readonly on: 'answer'; readonly question: number; readonly answer: string };
