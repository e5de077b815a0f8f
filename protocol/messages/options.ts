import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closed, Port, U32 } from './fields.ts';

/**
 * How a proxy between the socket and its target misbehaves; the words are Toxiproxy's. What is absent it does well; an empty
 * object is a proxy that passes everything on. Byte counts begin where the trouble is set.
 */
export const Trouble = Type.Object(
  {
    /** Every byte arrives so much later … */
    latency: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** … give or take so much. */
    jitter: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** Pieces of so many bytes, 10 ms apart. */
    slice: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /** Bytes per second. */
    bandwidth: Type.Optional(Type.Integer({ minimum: 20, maximum: 1_000_000_000 })),
    /** After so many bytes the connection is closed. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** After so many bytes it is reset. */
    reset: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** FIN comes so much later than the last byte. */
    slowClose: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    /** What is troubled: what comes back unless said otherwise. */
    direction: Type.Optional(Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('both')])),
  },
  closed,
);
export type Trouble = Static<typeof Trouble>;

export const SocketOptions = Type.Object(
  {
    noDelay: Type.Optional(Type.Boolean()),
    keepAlive: Type.Optional(Type.Boolean()),
    /** SO_LINGER {on, 0}: close(2) sends RST. */
    lingerZero: Type.Optional(Type.Boolean()),
    reuseAddress: Type.Optional(Type.Boolean()),
    localHost: Type.Optional(Type.String({ maxLength: 256 })),
    localPort: Type.Optional(Port),
    sendBuffer: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 4_194_304 })),
    receiveBuffer: Type.Optional(Type.Integer({ minimum: 1_024, maximum: 4_194_304 })),
    /** The n of our own recv(n). */
    receiveSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /** Nothing is read until CALL `recv`: what comes stays in the kernel. On `listen` that is so of what it accepts. */
    readByHand: Type.Optional(Type.Boolean()),
    /** The n of the lab server's recv(n) on this connection. */
    peerReceiveSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_536 })),
    /**
     * On `listen`, `bound` and `udp`: a port that cannot be had on this machine is stood in for by a free one. Within the session
     * the socket has the port it asked for; OPENED tells the one that programs outside can reach.
     */
    mapPort: Type.Optional(Type.Boolean()),
    /** IPV6_V6ONLY on a listener. */
    ipv6Only: Type.Optional(Type.Boolean()),
    /** Stands a proxy between the socket and its target; on a socket that has one, changes it. */
    trouble: Type.Optional(Trouble),
  },
  closed,
);
export type SocketOptions = Static<typeof SocketOptions>;

/** What getsockopt(2) tells, which may be more than setsockopt(2) takes: buffers are the kernel's, and it doubles them. */
export const SocketValues = Type.Object(
  {
    noDelay: Type.Optional(Type.Boolean()),
    keepAlive: Type.Optional(Type.Boolean()),
    lingerZero: Type.Optional(Type.Boolean()),
    reuseAddress: Type.Optional(Type.Boolean()),
    sendBuffer: Type.Optional(U32),
    receiveBuffer: Type.Optional(U32),
    receiveSize: Type.Optional(U32),
  },
  closed,
);
export type SocketValues = Static<typeof SocketValues>;
