import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { EchoedMessage, TriedSocket } from '../../../protocol/messages/calls.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { SocketOptions, SocketValues } from '../../../protocol/messages/options.ts';
import type { DatagramState, KernelState, PeerState } from '../../../protocol/messages/stats.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import type { AcceptQueues } from '../../net/accept-queue.ts';
import type { MonotonicClock } from '../../shared/clock.ts';
import type { Tap } from '../../tap/tap.ts';
import type { Dialler } from '../dial/dial.ts';
import type { GatewayLimits } from '../limits.ts';
import type { ListenPolicy } from './listen/listen-policy.ts';

/** The kernel's own view of a socket, where the system has one. */
export type Kernel = {
  readonly stateOf: (socket: Socket) => Omit<KernelState, 'stream'> | undefined;
  /** On a socket, or a file descriptor before connect(2). */
  readonly setOptions: (socket: Socket | number, options: SocketOptions) => void;
  /** Gives a recv(n) that already waits for bytes another n. Returns whether the system can. */
  readonly setReadBuffer: (socket: Socket, buffer: Uint8Array) => boolean;
  /** Of a connection whose socket has been closed: TIME-WAIT and the like; undefined when the kernel has forgotten it. */
  readonly closedStateOf: (local: Endpoint, remote: Endpoint) => Omit<KernelState, 'stream'> | undefined;
  /** Of the other end of an open connection, whose ends on this side these are; undefined where it is elsewhere. */
  readonly peerStateOf: (local: Endpoint, remote: Endpoint) => Omit<PeerState, 'stream'> | undefined;
  readonly datagramStateOf: (socket: DatagramSocket) => Omit<DatagramState, 'stream'> | undefined;
  /** recvfrom(2) is called whenever the socket is readable, or not at all. Returns whether the system can. */
  readonly setDatagramReading: (socket: DatagramSocket, isReading: boolean) => boolean;
  readonly optionsOf: (socket: Socket) => SocketValues;
  /** What socket(2) returns for every family and type; empty where it cannot be asked. */
  readonly trySockets: () => TriedSocket[];
  /** @throws {Error} `code`: the system's */
  readonly echoSeqpacket: (messages: readonly string[], size: ByteCount) => EchoedMessage[];
};

/** What all sessions of a gateway share. */
export type Environment = {
  readonly clock: MonotonicClock;
  readonly limits: GatewayLimits;
  readonly dialler: Dialler;
  readonly queues: AcceptQueues;
  readonly tap: Tap;
  readonly kernel: Kernel;
  readonly listeners: ListenPolicy;
};
