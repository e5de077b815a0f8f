import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Micros, Millis, U32 } from './fields.ts';

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
    /** What TIME-WAIT has left, or a FIN-WAIT-2 that no process holds. */
    timer: Type.Optional(Millis),
  },
  closed,
);
export type KernelState = Static<typeof KernelState>;

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
  },
  closed,
);
export type Stats = Static<typeof Stats>;

/** WATCH: the streams whose kernel state somebody looks at. */
export const Watch = Type.Object({ streams: Type.Array(U32, { maxItems: 16 }) }, closed);
export type Watch = Static<typeof Watch>;
