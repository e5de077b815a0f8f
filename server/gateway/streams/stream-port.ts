import type { Socket } from 'node:net';
import type { Frame, FrameType } from '../../../protocol/frame.ts';
import type { MessagePool } from '../../../protocol/message-pool.ts';
import type { EchoedMessage, TriedSocket } from '../../../protocol/messages/calls.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { SocketOptions, SocketValues } from '../../../protocol/messages/options.ts';
import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { AcceptQueues } from '../../net/accept-queue.ts';
import type { MonotonicClock } from '../../shared/clock.ts';
import type { Tap } from '../../tap/tap.ts';
import type { Destinations } from '../dial/destinations.ts';
import type { Dialler } from '../dial/dial.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Outbound } from './outbound.ts';

/** The kernel's own view of a socket, where the system has one. */
export type Kernel = {
  readonly stateOf: (socket: Socket) => Omit<KernelState, 'stream'> | undefined;
  /** On a socket, or a file descriptor before connect(2). */
  readonly setOptions: (socket: Socket | number, options: SocketOptions) => void;
  /** Gives a recv(n) that already waits for bytes another n. Returns whether the system can. */
  readonly setReadBuffer: (socket: Socket, buffer: Uint8Array) => boolean;
  /** Of a connection whose socket has been closed: TIME-WAIT and the like; undefined when it is no longer known. */
  readonly closedStateOf: (local: Endpoint, remote: Endpoint) => Omit<KernelState, 'stream'> | undefined;
  readonly optionsOf: (socket: Socket) => SocketValues;
  /** What socket(2) says to every family and type; empty where it cannot be asked. */
  readonly trySockets: () => TriedSocket[];
  /** @throws {Error} `code`: the system's */
  readonly echoSeqpacket: (messages: readonly string[], size: ByteCount) => EchoedMessage[];
};

/** What the whole gateway shares. */
export type GatewayDeps = {
  readonly clock: MonotonicClock;
  readonly limits: GatewayLimits;
  readonly dialler: Dialler;
  readonly queues: AcceptQueues;
  readonly tap: Tap;
  readonly kernel: Kernel;
  readonly listeners: ListenerRegistry;
};

/** One bind(2) of a learner's that has returned. */
export type BindClaim = {
  readonly transport: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** `::` with IPV6_V6ONLY off: IPv4 as well. */
  readonly isDual: boolean;
  /** Without SO_REUSEADDR: while it is bound the kernel lets nobody else bind the address, so nobody else listens there. */
  readonly isExclusive: boolean;
};
export type PortClaim = {
  /** listen(2) has returned, or the socket is one for datagrams: others in the room may reach it. */
  readonly listen: () => void;
  /** Before close(2): the port may be anybody's next. */
  readonly release: () => void;
};

/** Addresses that learners are bound to. A port is ours, and so may be dialled, only while one of them listens there. */
export type ListenerRegistry = {
  readonly add: (bind: BindClaim) => PortClaim;
  readonly isListening: (transport: 'tcp' | 'udp', address: string, port: number) => boolean;
  readonly isBound: (transport: 'tcp' | 'udp', address: string, port: number) => boolean;
  /** Bound by one who does not listen, and closed to everybody else. */
  readonly isKept: (transport: 'tcp' | 'udp', address: string, port: number) => boolean;
  /** Which ports may be listened on, and whether beyond loopback. */
  readonly mayListen: (host: string, port: number) => boolean;
  /** A port in the permitted range to try when any will do. */
  readonly candidatePort: () => number;
};

/** Sockets of all sessions together, as one session sees them. */
export type SocketAccount = {
  readonly count: () => number;
  readonly add: (count: number) => void;
  /** May a tab that has `own` open one more, as scarce as they are (socket-shares.ts)? */
  readonly mayOpen: (own: number) => boolean;
};

/** What a stream needs of its session. */
export type StreamPort = GatewayDeps & {
  readonly pool: MessagePool;
  /** Control frames: never wait for credit. */
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
  /** The stream's outbound queue is no longer empty. */
  readonly wake: (stream: GatewayStream) => void;
  /** Runs in a few milliseconds, with what others have put off. */
  readonly soon: (run: () => void) => void;
  /** May a peer's calls be told now, or should its program wait? */
  readonly hasEventRoom: () => boolean;
  /** One more call of a peer's was told: how long until its program may make the next. */
  readonly takeEvent: () => Milliseconds;
  /** Sockets of all sessions together. A stream's own is counted; what it opens beside that is for it to count. */
  readonly sockets: SocketAccount;
  /** Something that may outlast the stream's own socket has ended. */
  readonly onLingered: (stream: GatewayStream) => void;
  /** Ports that this session stands in for: asked port → real one, and of datagram sockets back (listen-here.ts). */
  readonly ports: Map<string, number>;
  /** What the learner has named, and may. */
  readonly destinations: Destinations;
  /** Runs a callback of a socket or timer: what it throws ends this session and nothing else. */
  readonly guard: (run: () => void) => void;
  /** Something was thrown that nobody foresaw, and became the answer to a call. */
  readonly onFault: (error: unknown) => void;
  /** Takes a connection that a listener of this session accepted; gives it the next even number. */
  readonly adopt: (listener: number, create: (id: number) => GatewayStream) => void;
  readonly mayAdopt: (listener: number) => boolean;
};

/** One socket of a session. */
export type GatewayStream = {
  readonly id: number;
  readonly kind: 'tcp' | 'udp' | 'listen' | 'bound';
  readonly outbound: Outbound;
  /** A frame of the browser's. @throws {PlaygroundError} where it breaks the protocol: the session ends. */
  readonly receive: (frame: Frame) => void;
  /** The outbound queue has room again, or events have. */
  readonly onDrain: () => void;
  /** The session is over: the peer sees a reset. */
  readonly destroy: () => void;
  /** Looked at now and then: closes what has been idle or stuck for too long. */
  readonly sweep: (now: number) => void;
  /** How it ended has been said, or waits to be. */
  readonly isOver?: boolean;
  /** The program at the other end, or the proxy before it, goes on, although the stream may have ended. */
  readonly isLingering?: boolean;
  /** Ends those. */
  readonly endLingering?: () => void;
  /** A connection's two ends, once it has them. */
  readonly ends?: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  readonly kernelState: () => Omit<KernelState, 'stream'> | undefined;
};
