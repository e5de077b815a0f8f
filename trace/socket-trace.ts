import type { SocketErrorCode } from '../protocol/errors.ts';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { SocketOptions } from '../protocol/messages/options.ts';
import { type ConnectAttempt, codeOf, type Opened, type Pending, type Reset } from '../protocol/messages/socket.ts';
import type { KernelState } from '../protocol/messages/stats.ts';
import type { Datagram, PeerEvent, SentRecord } from '../protocol/payloads.ts';
import { formatEndpoint } from '../protocol/target.ts';
import { nextTcpState, TCP_STATES, type TcpEvent } from '../protocol/tcp-state.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../protocol/units.ts';
import { ByteStream } from './byte-stream.ts';
import type { ClockStep } from './clock-steps.ts';
import { DatagramMatcher } from './datagram-matcher.ts';
import { type Direction, isHarmless, type TraceEvent } from './event.ts';
import type { RecordedSocket } from './export/recording.ts';
import { FactList } from './fact-list.ts';
import { Observable } from './observable.ts';
import { type OptionStage, optionTexts } from './option-text.ts';
import type { ProgramHead } from './program-head.ts';
import type { SocketFailure, SocketKind, SocketState } from './socket.ts';
import { socketArguments } from './socket-call.ts';
import { TimeLine } from './time-line.ts';
import { TraceBuffer } from './trace-buffer.ts';

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
/** What a recording says of a socket beside its calls and bytes. */
export type RecordedHead = Omit<RecordedSocket, 'events' | 'sent' | 'received'>;
/** Changes of a socket that a list of sockets announces. */
export type SocketChange =
  | 'opened'
  | 'failed'
  | 'peer-closed'
  | 'closed'
  | 'accepted-by-peer'
  | 'peer-waiting'
  | 'datagrams-dropped';
export type OnSocketChange = (change: SocketChange, socket: SocketTrace) => void;

const NO_QUEUE = { waiting: 0, max: 0 } as const;

/**
 * What a socket went through: from what is told of it to its state, its two byte streams and its log of calls. A live socket,
 * one of a recording, one that is watched and one of a program are all of this class; who feeds it differs. Pure: no page, no
 * WebSocket, no clock of its own.
 */
export class SocketTrace extends Observable {
  readonly id: number;
  readonly ordinal: number;
  readonly source: TraceSource;
  readonly sent = new ByteStream();
  readonly received = new ByteStream();
  /** How many waited in a listener's accept queue, over time. */
  readonly queueFacts = new FactList<{ readonly waiting: number; readonly max: number }>();
  /** What the kernel told, over time, while it was watched. */
  readonly kernelFacts = new FactList<KernelState>();
  readonly #bind: Partial<Endpoint> | undefined;
  readonly #options: SocketOptions;
  readonly #onChange: OnSocketChange;
  #kind: SocketKind;
  #target: Endpoint;
  #omitted: Record<Direction, ByteCount> = { sent: 0, received: 0 };
  #log: TraceBuffer;
  #line: TimeLine;
  #droppedDatagrams = 0;
  #state: SocketState;
  #failure: SocketFailure | undefined;
  #opened: Opened | undefined;
  #queueKind: 'kernel' | 'emulated' | undefined;
  #pending: { readonly waiting: number; readonly max: number } = NO_QUEUE;
  #kernel: KernelState | undefined;
  #isAcceptedByPeer = false;
  #isFromOutside: boolean | undefined;
  #isOver = false;
  #sentCount: ByteCount = 0;
  readonly #datagrams = new DatagramMatcher();
  #peerReceived: ByteCount = 0;
  #peerSent: ByteCount = 0;
  /** The n of our recv(n): a setsockopt of the live socket changes it. */
  protected size: ByteCount;

  constructor(identity: SocketIdentity, onChange: OnSocketChange = () => undefined) {
    super();
    const { id, ordinal, kind, target, bind, options = {}, receiveSize } = identity;
    const { source = 'recorded', eventsKept, line = new TimeLine() } = identity;
    this.id = id;
    this.ordinal = ordinal;
    this.#kind = kind;
    this.#target = target;
    this.source = source;
    this.#bind = bind;
    this.#options = options;
    this.#log = new TraceBuffer(eventsKept);
    this.#line = line;
    this.size = receiveSize;
    this.#onChange = onChange;
    this.#state = kind === 'udp' ? 'UNCONN' : kind === 'listen' ? 'CLOSED' : nextTcpState('CLOSED', 'active OPEN');
  }

  /** A program's socket is a client until it listens. */
  get kind(): SocketKind {
    return this.#kind;
  }
  get target(): Endpoint {
    return this.#target;
  }
  /** How many bytes of each direction came after those that a program's worker reports. */
  get omitted(): Readonly<Record<Direction, ByteCount>> {
    return this.#omitted;
  }
  /** Another log once the oldest events have been dropped: see TraceBuffer.trimmed. */
  get log(): TraceBuffer {
    return this.#log;
  }
  get state(): SocketState {
    return this.#state;
  }
  get failure(): SocketFailure | undefined {
    return this.#failure;
  }
  get local(): Endpoint | undefined {
    return this.#opened?.local;
  }
  get remote(): Endpoint | undefined {
    return this.#opened?.remote;
  }
  /** The lab server at the other end, by name; its calls are in the log as the peer's. */
  get lab(): string | undefined {
    return this.#opened?.lab;
  }
  /** The n of our recv(n). */
  get receiveSize(): ByteCount {
    return this.size;
  }
  /** The troubled proxy that stands between the socket and its target. */
  get proxy(): Endpoint | undefined {
    return this.#opened?.proxy;
  }
  get isAcceptedByPeer(): boolean {
    return this.#isAcceptedByPeer;
  }
  get queueKind(): 'kernel' | 'emulated' | undefined {
    return this.#queueKind;
  }
  /** How many datagrams the gateway dropped on their way here so far, because those before had not been taken in time. */
  get droppedDatagrams(): number {
    return this.#droppedDatagrams;
  }
  /** Where the wall clock was set since the session began. */
  get clock(): readonly ClockStep[] {
    return this.#line.steps;
  }
  /** What the wall clock showed at the time of an event of the log, in ms since 1970. */
  wallClock(at: Microseconds): Milliseconds {
    return this.#line.wallClock(at);
  }
  /** A listener's accept queue. */
  get pending(): { readonly waiting: number; readonly max: number } {
    return this.#pending;
  }
  /** What the kernel told last, while it is watched. */
  get kernel(): KernelState | undefined {
    return this.#kernel;
  }
  /** Bytes in the gateway's kernel send buffer or beyond. */
  get sentCount(): ByteCount {
    return this.#sentCount;
  }
  /** Given to `send` and not yet there. */
  get queuedBytes(): ByteCount {
    return this.#isOver ? 0 : this.sent.length - this.#sentCount;
  }
  /** Of an accepted connection: its client is no socket of the page. Undefined where that is not known. */
  get isFromOutside(): boolean | undefined {
    return this.#isFromOutside;
  }
  get isOver(): boolean {
    return this.#isOver;
  }
  /** OPENED has come. */
  get isOpened(): boolean {
    return this.#opened !== undefined;
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

  /** The bytes of a send or sendto that the gateway has not confirmed yet. */
  onQueued(bytes: Uint8Array): void {
    if (this.kind === 'udp') this.#datagrams.add({ offset: this.sent.length, count: bytes.length });
    this.sent.append(bytes);
    this.changed();
  }
  onOpened(opened: Opened): void {
    this.#opened = opened;
    const { at, called, local, remote } = opened;
    this.#queueKind = opened.queue;
    if (this.kind === 'listen') {
      this.#state = nextTcpState('CLOSED', 'passive OPEN');
      this.#pending = { waiting: 0, max: opened.backlog ?? 0 };
      this.#addSocket(called, local);
      this.#addOptions(called, 'before bind');
      this.#add({ at: called, call: 'bind', text: formatEndpoint(local.host, local.port) });
      this.#add({ at, call: 'listen', argument: opened.backlog, text: formatEndpoint(local.host, local.port) });
    } else if (this.kind === 'udp') {
      this.#addSocket(called, local);
      this.#addOptions(called, 'before bind');
      this.#add({ at, call: 'bind', text: formatEndpoint(local.host, local.port), took: at - called });
      this.#addOptions(at, 'before connect');
      this.#addOptions(at, 'at last');
    } else {
      this.#addTried(opened.tried);
      this.#addClient(called, remote ?? this.target);
      this.#step('rcv SYN-ACK');
      this.#add({ at, call: 'connect', text: endpointText(remote ?? this.target), took: at - called });
      this.#addOptions(at, 'at last');
    }
    this.changed();
    this.#onChange('opened', this);
  }
  /** One recv(2) that returned these bytes. */
  onData(at: Microseconds, bytes: Uint8Array): void {
    const offset = this.received.length;
    this.received.append(bytes);
    this.#add({ at, call: 'recv', argument: this.size, direction: 'received', offset, count: bytes.length });
    this.changed();
  }
  onDatagram({ at, host, port, bytes }: Datagram): void {
    const offset = this.received.length;
    this.received.append(bytes);
    // The gateway has the whole datagram; a recvfrom(n) of ours would have lost the rest of it.
    const count = Math.min(bytes.length, this.size);
    this.#add({
      at,
      call: 'recvfrom',
      argument: this.size,
      direction: 'received',
      offset,
      count,
      ...(count < bytes.length ? { whole: bytes.length } : {}),
      text: formatEndpoint(host, port),
    });
    this.changed();
  }
  onSent(records: readonly SentRecord[]): void {
    for (const { at, count } of records) {
      if (count === 0 && this.kind !== 'udp') {
        this.#step('CLOSE');
        this.#add({ at, call: 'shutdown', text: 'SHUT_WR' });
        continue;
      }
      const call = this.kind === 'udp' ? 'sendto' : 'send';
      const text = this.kind === 'udp' ? endpointText(this.target) : '';
      this.#add({ at, call, argument: count, direction: 'sent', offset: this.#sentCount, count, text });
      this.#sentCount += count;
    }
    this.changed();
  }
  /** A call of the program at the other end. */
  onEvent({ at, call, argument, count, text, error }: PeerEvent): void {
    const common = {
      at: this.#line.place(at),
      end: 'peer',
      call,
      argument,
      count,
      text,
      error,
      took: undefined,
    } as const;
    const datagram = call === 'recvfrom' && error === undefined ? this.#datagrams.take(count, argument) : undefined;
    if (datagram) {
      const cut = count < datagram.count ? { whole: datagram.count } : {};
      this.#append({ ...common, direction: 'sent', offset: datagram.offset, ...cut });
      this.#peerReceived = datagram.offset + datagram.count;
    } else if (call === 'recv' || call === 'recvfrom') {
      this.#append({ ...common, direction: 'sent', offset: this.#peerReceived });
      this.#peerReceived += count;
    } else if (call === 'send' || call === 'sendto') {
      this.#append({ ...common, direction: 'received', offset: this.#peerSent });
      this.#peerSent += count;
    } else this.#append({ ...common, direction: undefined, offset: 0 });
    if (call === 'accept' && !this.#isAcceptedByPeer) {
      this.#isAcceptedByPeer = true;
      this.changed();
      this.#onChange('accepted-by-peer', this);
    }
  }
  onPending({ at, waiting, max, dropped }: Pending): void {
    if (dropped !== undefined) {
      this.#onDropped(dropped);
      return;
    }
    const isMore = waiting > this.#pending.waiting;
    this.#pending = { waiting, max };
    this.queueFacts.add(this.#line.place(at), this.#pending);
    this.changed();
    if (isMore) this.#onChange('peer-waiting', this);
  }
  onFin(at: Microseconds): void {
    // The peer acknowledges our FIN before it sends its own, unless both crossed (RFC 9293 §3.6).
    if (this.#state === 'FIN-WAIT-1') this.#step('rcv ACK of FIN');
    this.#step('rcv FIN');
    this.#add({ at, call: 'recv', argument: this.size, direction: 'received', offset: this.received.length });
    this.changed();
    this.#onChange('peer-closed', this);
  }
  /** Our own close has happened; `reset` where it sent a RST. */
  onClosed(at: Microseconds, call: 'close' | 'reset'): void {
    this.#add({ at, call });
    this.#end('closed');
  }
  onReset(reset: Reset): void {
    const code = codeOf(reset);
    this.#addTried(reset.tried);
    this.#failure = { code, text: reset.text, at: this.#line.place(reset.at) };
    if (this.#opened) this.#addFailed(reset, code);
    else this.#addUnopened(reset, code);
    this.#end('failed');
  }
  /** The trace is of a connection that a listener of ours accepted. */
  onAcceptedHere(at: Microseconds, local: Endpoint, remote: Endpoint): void {
    this.#opened = { called: at, at, local, remote };
    this.#state = 'ESTABLISHED';
    this.#add({ at, call: 'accept', text: formatEndpoint(remote.host, remote.port) });
  }
  /** What is known of who connected. */
  onOrigin(isFromOutside: boolean | undefined): void {
    if (this.#isFromOutside === isFromOutside) return;
    this.#isFromOutside = isFromOutside;
    this.changed();
  }
  /** A listener's accept() returned a connection. */
  onAccept(at: Microseconds, remote: Endpoint): void {
    this.#add({ at, call: 'accept', text: formatEndpoint(remote.host, remote.port) });
    this.changed();
  }
  /** setsockopt(2) on the open socket has returned; where it failed, nobody knows at which of several options. */
  onOptions(at: Microseconds, options: SocketOptions, error?: SocketErrorCode): void {
    const texts = optionTexts(options);
    for (const text of error === undefined ? texts : [texts.join(', ')])
      this.#add({ at, call: 'setsockopt', text, error });
    if (error === undefined) this.size = options.receiveSize ?? this.size;
    this.changed();
  }
  onKernel(at: Microseconds, kernel: KernelState): void {
    this.#kernel = kernel;
    this.kernelFacts.add(this.#line.place(at), kernel);
    const state = TCP_STATES.find((known) => known === kernel.state);
    if (state && !this.#isOver) this.#state = state;
    this.changed();
  }

  /**
   * Makes the trace one of a socket that was recorded; its bytes and its calls follow. No clock is read for it: its times are on
   * a line of its own. `zero`: what is added to them, so that they are µs since 1970.
   */
  restore(
    { local, remote, lab, droppedEvents = 0, droppedDatagrams = 0, clock = [] }: RecordedHead,
    zero: Microseconds,
  ): void {
    this.#line = new TimeLine(clock.map(({ at, by }) => ({ at: at + zero, by })));
    this.#log = new TraceBuffer(this.#log.kept, [], droppedEvents);
    this.#droppedDatagrams = droppedDatagrams;
    if (local) {
      this.#opened = { called: 0, at: 0, local, ...(remote && { remote }), ...(lab !== undefined && { lab }) };
    }
    this.#isOver = true;
    this.#state = 'CLOSED';
  }
  /** The next bytes of one direction: of a recording, a mirror or a program's worker. */
  appendBytes(direction: Direction, bytes: Uint8Array): void {
    this[direction].append(bytes);
    this.#sentCount = this.sent.length;
  }
  /** The next calls, likewise; `zero` as for `restore`. */
  append(events: readonly TraceEvent[], zero: Microseconds = 0): void {
    for (const event of events) {
      const at = event.at + zero;
      this.#append({ ...event, at });
      if (event.end !== 'local') continue;
      if (isHarmless(event)) continue;
      if (event.error) this.#failure = { code: event.error, text: '', at };
      else if (event.call === 'connect') this.#failure = undefined; // another of the name's addresses had failed
    }
  }

  /** How a program's socket stands. Its bytes and its calls come before. */
  onHead({ kind, state, local, remote, lab, failure, isOver, pending, omitted }: ProgramHead): void {
    this.#kind = kind;
    this.#state = state;
    this.#omitted = omitted;
    this.#pending = pending ?? NO_QUEUE;
    if (local) this.#opened = { called: 0, at: 0, local, ...(remote && { remote }), ...(lab !== undefined && { lab }) };
    this.#target = (kind === 'listen' ? local : remote) ?? this.#target;
    this.#failure = failure && { ...failure, at: this.#line.place(failure.at) };
    const isEnd = isOver && !this.#isOver;
    this.#isOver = isOver;
    this.changed();
    if (isEnd) this.#onChange(failure ? 'failed' : 'closed', this);
  }
  /** A call of a program on its socket has returned; the bytes come by `appendBytes`. */
  onCall(event: TraceEvent): void {
    const isDatagram = event.direction === 'sent' && this.#kind === 'udp';
    if (isDatagram) this.#datagrams.add({ offset: event.offset, count: event.count });
    this.#append({ ...event, at: this.#line.place(event.at) });
  }

  /** The program's process has ended with the socket open. */
  onGone(): void {
    this.#end('closed');
  }

  #onDropped(dropped: number): void {
    const isFirst = this.#droppedDatagrams === 0;
    this.#droppedDatagrams = dropped;
    this.changed();
    if (isFirst && dropped > 0) this.#onChange('datagrams-dropped', this);
  }
  /** Addresses of the target's name that did not answer: each was a connect of its own. */
  #addTried(tried: readonly ConnectAttempt[] = []): void {
    for (const attempt of tried) {
      const { remote, called, at } = attempt;
      this.#addClient(called, remote);
      this.#add({ at, call: 'connect', text: endpointText(remote), took: at - called, error: codeOf(attempt) });
    }
  }
  /** The call that ended an open socket. Of a send that failed the page does not know how many bytes it was given. */
  #addFailed({ at, call = 'recv' }: Reset, error: SocketErrorCode): void {
    const isRead = call === 'recv' || call === 'recvfrom';
    const offset = isRead ? this.received.length : this.#sentCount;
    const text = call === 'sendto' ? endpointText(this.target) : '';
    this.#add({ at, call, offset, text, error, ...(isRead && { argument: this.size }) });
  }
  /** The call that an OPEN failed at, after those that had returned. */
  #addUnopened({ at, call: told, called, remote = this.target }: Reset, error: SocketErrorCode): void {
    const isBound = this.kind === 'listen' || this.kind === 'udp';
    const call = told ?? (isBound ? 'bind' : 'connect');
    const own = isBound ? { ...this.target, ...this.#bind } : this.#bindFor(remote);
    if (called !== undefined && call !== 'socket') {
      this.#addSocket(called, isBound ? own : remote);
      this.#addOptions(called, 'before bind');
      if (call !== 'bind' && (this.#bind || isBound)) this.#add({ at: called, call: 'bind', text: endpointText(own) });
      if (call === 'connect') this.#addOptions(called, 'before connect');
    }
    const texts = { socket: socketArguments(this.kind, own), bind: endpointText(own), connect: endpointText(remote) };
    const text = Object.hasOwn(texts, call) ? texts[call as keyof typeof texts] : '';
    this.#add({ at, call, text, error, took: called === undefined ? undefined : at - called });
  }
  /** socket(2), and what was asked for of bind(2) and setsockopt(2), before connect(2). They do not wait, and are told with its call. */
  #addClient(called: Microseconds, remote: Endpoint): void {
    this.#addSocket(called, remote);
    if (this.#bind) this.#add({ at: called, call: 'bind', text: endpointText(this.#bindFor(remote)) });
    this.#addOptions(called, 'before connect');
  }
  #addSocket(at: Microseconds, endpoint: Endpoint): void {
    this.#add({ at, call: 'socket', text: socketArguments(this.kind, endpoint) });
  }
  #addOptions(at: Microseconds, stage: OptionStage): void {
    for (const text of optionTexts(this.#options, stage)) this.#add({ at, call: 'setsockopt', text });
  }
  /** Port 0 is any; so is the wildcard address of the family. */
  #bindFor({ host }: Endpoint): Endpoint {
    return { host: host.includes(':') ? '::' : '0.0.0.0', port: 0, ...this.#bind };
  }
  #end(change: 'closed' | 'failed'): void {
    this.#isOver = true;
    this.#state = 'CLOSED';
    this.#pending = NO_QUEUE;
    this.changed();
    this.#onChange(change, this);
  }
  #step(event: TcpEvent): void {
    if (this.#state !== 'UNCONN') this.#state = nextTcpState(this.#state, event);
  }
  #append(event: TraceEvent): void {
    this.#log.append(event);
    this.#log = this.#log.trimmed();
  }
  /** A call of our own end, its time on the server's clock. */
  #add(event: Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>): void {
    const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
    const at = this.#line.place(event.at);
    this.#append({ ...blank, end: 'local', error: undefined, took: undefined, ...event, at });
  }
}

function endpointText({ host, port }: Endpoint): string {
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}
