import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import type { DatagramState, KernelState, PeerState } from '../../protocol/messages/stats.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../protocol/units.ts';
import type { ByteStream } from '../byte-stream.ts';
import type { ClockStep } from '../clock-steps.ts';
import type { Direction } from '../event.ts';
import { FactList } from '../fact-list.ts';
import { Observable } from '../observable.ts';
import type { SocketFailure, SocketKind, SocketState } from '../socket.ts';
import { TimeLine } from '../time-line.ts';
import type { TraceBuffer } from '../trace-buffer.ts';
import { ByteAccount } from './byte-account.ts';
import { type QueueLength, SocketStatus } from './socket-status.ts';
import { TraceCalls } from './trace-calls.ts';

/** Where a trace's events come from. */
export type TraceSource = 'live' | 'recorded' | 'watched' | 'program';
export type SocketIdentity = {
  readonly id: number;
  /** Counted per role: client 1, listener 1, peer 1. */
  readonly ordinal: number;
  readonly kind: SocketKind;
  readonly target: Endpoint;
  /** What bind(2) is asked for, where a client has a local address of its choice; of a datagram socket always. */
  readonly bind?: Partial<Endpoint>;
  /** What of its options was asked for as it was opened. */
  readonly options?: SocketOptions;
  /** The n of our recv(n). */
  readonly receiveSize: ByteCount;
  readonly source?: TraceSource;
  /** How many events its log keeps. */
  readonly eventsKept?: number;
  /** Where the server's times are put; one of its own if it is of no session. */
  readonly line?: TimeLine;
};
/** What is known of a socket, to be read: its bytes, its calls, and how it stands. */
export class SocketFacts extends Observable {
  readonly id: number;
  readonly ordinal: number;
  readonly source: TraceSource;
  /** How many waited in a listener's accept queue, over time. */
  readonly queueFacts = new FactList<QueueLength>();
  /** What the kernel told, over time, while it was watched. */
  readonly kernelFacts = new FactList<KernelState>();
  protected readonly bytes = new ByteAccount();
  protected readonly calls: TraceCalls;
  protected readonly status: SocketStatus;
  /** The n of our recv(n). */
  protected size: ByteCount;
  protected givenName: string | undefined;

  constructor({ id, ordinal, kind, target, receiveSize, source, eventsKept, line }: SocketIdentity) {
    super();
    this.id = id;
    this.ordinal = ordinal;
    this.source = source ?? 'recorded';
    this.calls = new TraceCalls(line ?? new TimeLine(), eventsKept);
    this.status = new SocketStatus(kind, target);
    this.size = receiveSize;
  }

  /** What a person called it; undefined: by its role and its number. */
  get name(): string | undefined {
    return this.givenName;
  }
  get sent(): ByteStream {
    return this.bytes.sent;
  }
  get received(): ByteStream {
    return this.bytes.received;
  }
  /** Bytes in the gateway's kernel send buffer or beyond. */
  get sentCount(): ByteCount {
    return this.bytes.sentCount;
  }
  /** Given to `send` and not yet there. */
  get queuedBytes(): ByteCount {
    return this.status.isOver ? 0 : this.sent.length - this.sentCount;
  }
  /** How many bytes of each direction came after those that a program's worker reports. */
  get omitted(): Readonly<Record<Direction, ByteCount>> {
    return this.bytes.omitted;
  }
  /** Another log once the oldest events have been dropped: see TraceBuffer.trimmed. */
  get log(): TraceBuffer {
    return this.calls.buffer;
  }
  /** Where the wall clock was set since the session began. */
  get clock(): readonly ClockStep[] {
    return this.calls.line.steps;
  }
  /** What the wall clock showed at the time of an event of the log, in ms since 1970. */
  wallClock(at: Microseconds): Milliseconds {
    return this.calls.line.wallClock(at);
  }
  /** A program's socket is a client until it listens. */
  get kind(): SocketKind {
    return this.status.kind;
  }
  get target(): Endpoint {
    return this.status.target;
  }
  get state(): SocketState {
    return this.status.state;
  }
  get failure(): SocketFailure | undefined {
    return this.status.failure;
  }
  get local(): Endpoint | undefined {
    return this.status.opened?.local;
  }
  get remote(): Endpoint | undefined {
    return this.status.opened?.remote;
  }
  /** The lab server at the other end, by name; its calls are in the log as the peer's. */
  get lab(): string | undefined {
    return this.status.opened?.lab;
  }
  /** The n of our recv(n). */
  get receiveSize(): ByteCount {
    return this.size;
  }
  /** The troubled proxy that stands between the socket and its target. */
  get proxy(): Endpoint | undefined {
    return this.status.opened?.proxy;
  }
  /** Its endpoint as the other end sees it: the proxy's, where one stands between. */
  get seenAs(): Endpoint | undefined {
    return this.status.opened?.onward ?? this.status.opened?.local;
  }
  /** Where programs outside the tab reach it, if its port is stood in for. */
  get outside(): Endpoint | undefined {
    return this.status.opened?.outside;
  }
  get isAcceptedByPeer(): boolean {
    return this.status.isAcceptedByPeer;
  }
  get queueKind(): 'kernel' | 'emulated' | undefined {
    return this.status.queueKind;
  }
  /** How many datagrams the gateway dropped on their way here so far, because those before had not been taken in time. */
  get droppedDatagrams(): number {
    return this.status.droppedDatagrams;
  }
  /** Of these: longer than the gateway carries. */
  get tooLongDatagrams(): number {
    return this.status.tooLongDatagrams;
  }
  /** A listener's accept queue. */
  get pending(): QueueLength {
    return this.status.pending;
  }
  /** What the kernel told last, while it is watched. */
  get kernel(): KernelState | undefined {
    return this.status.kernel;
  }
  /** What the kernel told last of the socket at the other end; undefined where that is not known. */
  get peerKernel(): PeerState | undefined {
    return this.status.peerKernel;
  }
  /** The same of a datagram socket itself. */
  get datagramKernel(): DatagramState | undefined {
    return this.status.datagramKernel;
  }
  /** Bytes that calls of the other end's program took and gave, where its calls are told. */
  get peerMoved(): { readonly received: ByteCount; readonly sent: ByteCount } {
    return this.bytes.peerMoved;
  }
  /** Of an accepted connection: its client is no socket of the page. Undefined where that is not known. */
  get isFromOutside(): boolean | undefined {
    return this.status.isFromOutside;
  }
  get isOver(): boolean {
    return this.status.isOver;
  }
  /** OPENED has come. */
  get isOpened(): boolean {
    return this.status.opened !== undefined;
  }
  /** The stream's number in the gateway session, of a live socket: for watching it. */
  get streamId(): number | undefined {
    return undefined;
  }
  /** Calls can be made on it, here. */
  get isOpen(): boolean {
    return false;
  }
  get canSend(): boolean {
    return false;
  }
  get canHalfClose(): boolean {
    return false;
  }
}
