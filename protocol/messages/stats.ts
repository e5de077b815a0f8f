import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Micros, Millis, U32 } from './fields.ts';

/** The socket at the other end of a connection, where that is on this machine. */
export const PeerState = Type.Object(
  {
    stream: U32,
    state: Type.String({ maxLength: 16 }),
    receiveQueue: U32,
    sendQueue: U32,
    sendWindow: Type.Optional(U32),
    sendBlocked: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type PeerState = Static<typeof PeerState>;

export const KernelState = Type.Object(
  {
    stream: U32,
    /** RFC 9293's spelling. */
    state: Type.String({ maxLength: 16 }),
    /** SIOCINQ and SIOCOUTQ: bytes not yet read here, bytes not yet acknowledged by the peer. */
    receiveQueue: U32,
    sendQueue: U32,
    /** Of struct tcp_info: the kernel has none of a connection in TIME-WAIT, nor of one that it has forgotten. */
    rtt: Type.Optional(Micros),
    rttVariance: Type.Optional(Micros),
    retransmitTimeout: Type.Optional(Micros),
    congestionWindow: Type.Optional(U32),
    slowStartThreshold: Type.Optional(U32),
    retransmits: Type.Optional(U32),
    totalRetransmits: Type.Optional(U32),
    maxSegment: Type.Optional(U32),
    sendWindow: Type.Optional(U32),
    /** The receive window that this end offers; since Linux 6.2. */
    receiveWindow: Type.Optional(U32),
    /** The send buffer is full: a send(2) would not return now. */
    sendBlocked: Type.Optional(Type.Boolean()),
    /** What TIME-WAIT has left, or a FIN-WAIT-2 that no process holds. */
    timer: Type.Optional(Millis),
  },
  closed,
);
export type KernelState = Static<typeof KernelState>;

/** How a datagram socket stands in the kernel. */
export const DatagramState = Type.Object(
  {
    stream: U32,
    /** SIOCINQ: how long the first datagram is that waits; 0 where none does, or an empty one. */
    next: U32,
    /** SO_MEMINFO: what those that wait take of the receive buffer, and how much that has; both with the kernel's own overhead. */
    memory: U32,
    buffer: U32,
    /** Datagrams for which the receive buffer had no room, so far. */
    dropped: U32,
  },
  closed,
);
export type DatagramState = Static<typeof DatagramState>;

/** STATS: how things stand now; a later one replaces it. `at` and `epoch` are WELCOME's `now` and `epoch`, read anew. */
export const Stats = Type.Object(
  {
    at: Micros,
    epoch: Type.Number(),
    lab: Type.Array(
      Type.Object(
        {
          name: Type.String({ maxLength: 32 }),
          waiting: U32,
          max: U32,
          served: U32,
          connected: U32,
          /** Of a server that serves one client at a time: when it accepted the one that it serves now. */
          since: Type.Optional(Micros),
        },
        closed,
      ),
      { maxItems: 64 },
    ),
    kernel: Type.Array(KernelState, { maxItems: 64 }),
    peers: Type.Optional(Type.Array(PeerState, { maxItems: 64 })),
    datagrams: Type.Optional(Type.Array(DatagramState, { maxItems: 64 })),
  },
  closed,
);
export type Stats = Static<typeof Stats>;

/** WATCH: the streams whose kernel state the page shows; with `peers`, that of their other ends too. */
export const Watch = Type.Object(
  { streams: Type.Array(U32, { maxItems: 16 }), peers: Type.Optional(Type.Boolean()) },
  closed,
);
export type Watch = Static<typeof Watch>;
