import type { ClientStream, StreamHandler } from '../../client/stream.ts';
import { PlaygroundError, type SocketErrorCode } from '../../protocol/errors.ts';
import type { PeerEvent, SentRecord } from '../../protocol/happenings.ts';
import {
  type CallResult,
  type ConnectAttempt,
  codeOf,
  type Endpoint,
  type KernelState,
  type Opened,
  type Reset,
  type SocketOptions,
} from '../../protocol/messages.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import { nextTcpState, TCP_STATES, type TcpEvent } from '../../protocol/tcp-state.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../protocol/units.ts';
import { ByteStream } from '../../trace/byte-stream.ts';
import type { ClockStep } from '../../trace/clock-steps.ts';
import type { Direction, TraceEvent } from '../../trace/event.ts';
import { Observable } from '../../trace/observable.ts';
import type { SocketKind, SocketState } from '../../trace/socket.ts';
import { TimeLine } from '../../trace/time-line.ts';
import { TraceBuffer } from '../../trace/trace-buffer.ts';
import type { RecordedHead } from './recorded.ts';

export type SocketFailure = { readonly code: SocketErrorCode; readonly text: string; readonly at: Microseconds };
export type SocketIdentity = {
  readonly id: number;
  /** Counted per role: client 1, listener 1, peer 1. */
  readonly ordinal: number;
  readonly kind: SocketKind;
  readonly target: Endpoint;
  /** The n of our recv(n). */
  readonly receiveSize: ByteCount;
  /** SO_LINGER {on, 0}: close(2) is a reset. */
  readonly lingersNot?: boolean;
  /** How many events its log keeps. */
  readonly eventsKept?: number;
  /** Where the server's times are put; one of its own if it is of no session. */
  readonly line?: TimeLine;
};
/** What the list of sockets wants to hear of one of them. */
export type RecordNews =
  | 'opened'
  | 'failed'
  | 'peer-closed'
  | 'closed'
  | 'accepted-by-peer'
  | 'peer-waiting'
  | 'datagrams-dropped';

/** Datagrams whose recvfrom by a lab server may still be told; nobody tells of those to others. */
const DATAGRAMS_KEPT = 1_024;
const NO_QUEUE = { waiting: 0, max: 0 } as const;

/** One socket of the page, live: its state, its two byte streams, its trace; and the calls that can be made on it. */
export class SocketRecord extends Observable {
  readonly id: number;
  readonly ordinal: number;
  readonly kind: SocketKind;
  readonly target: Endpoint;
  readonly sent = new ByteStream();
  readonly received = new ByteStream();
  readonly #onNews: (news: RecordNews, record: SocketRecord) => void;
  readonly #onForget: (record: SocketRecord) => void;
  #trace: TraceBuffer;
  #line: TimeLine;
  #droppedDatagrams = 0;
  #stream: ClientStream | undefined;
  #state: SocketState;
  #failure: SocketFailure | undefined;
  #opened: Opened | undefined;
  #queueKind: 'kernel' | 'emulated' | undefined;
  #pending: { readonly waiting: number; readonly max: number } = NO_QUEUE;
  #kernel: KernelState | undefined;
  #isAcceptedByPeer = false;
  #isReset = false;
  #receiveSize: ByteCount;
  #lingersNot: boolean;
  #isOver = false;
  #sentCount: ByteCount = 0;
  /** Sent, and not yet received by the lab server as far as it has told: it may have cut them off. */
  readonly #datagrams: { readonly offset: ByteCount; readonly count: ByteCount }[] = [];
  #peerReceived: ByteCount = 0;
  #peerSent: ByteCount = 0;

  constructor(
    { id, ordinal, kind, target, receiveSize, lingersNot = false, eventsKept, line = new TimeLine() }: SocketIdentity,
    onNews: (news: RecordNews, record: SocketRecord) => void,
    onForget: (record: SocketRecord) => void,
  ) {
    super();
    this.id = id;
    this.ordinal = ordinal;
    this.kind = kind;
    this.target = target;
    this.#trace = new TraceBuffer(eventsKept);
    this.#line = line;
    this.#receiveSize = receiveSize;
    this.#lingersNot = lingersNot;
    this.#onNews = onNews;
    this.#onForget = onForget;
    this.#state = kind === 'udp' ? 'UNCONN' : kind === 'listen' ? 'CLOSED' : nextTcpState('CLOSED', 'active OPEN');
  }

  /** Another log once the oldest events have been dropped: see TraceBuffer.trimmed. */
  get log(): TraceBuffer {
    return this.#trace;
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
    return this.#receiveSize;
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
  /** What the kernel told last, while somebody watches. */
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
  /** The stream's number in the gateway session, for watching it. */
  get streamId(): number | undefined {
    return this.#stream?.id;
  }
  get isOpen(): boolean {
    return !this.#isOver && this.#stream !== undefined;
  }
  get isOver(): boolean {
    return this.#isOver;
  }
  get canSend(): boolean {
    return !this.#isOver && this.kind !== 'listen' && this.#stream?.canSend === true;
  }
  get canHalfClose(): boolean {
    return this.canSend && this.kind !== 'udp' && this.#opened !== undefined;
  }

  /** One send(2). @throws {PlaygroundError} SOCKET_CLOSED */
  send(bytes: Uint8Array): void {
    if (this.kind === 'udp') this.sendTo(this.target.host, this.target.port, bytes);
    else {
      this.#writable().send(bytes);
      this.sent.append(bytes);
      this.changed();
    }
  }
  /** One sendto(2). @throws {PlaygroundError} SOCKET_CLOSED, DATAGRAM_TOO_LONG */
  sendTo(host: string, port: number, bytes: Uint8Array): void {
    this.#writable().sendTo(host, port, bytes);
    this.#datagrams.push({ offset: this.sent.length, count: bytes.length });
    if (this.#datagrams.length > DATAGRAMS_KEPT) this.#datagrams.shift();
    this.sent.append(bytes);
    this.changed();
  }
  /** setsockopt(2) on the open socket; our own and the lab server's recv(n), and the proxy's trouble, on this connection. */
  async setOptions(options: SocketOptions): Promise<CallResult> {
    const result = await this.#live().call({ call: 'setsockopt', options });
    if (result.code !== undefined) return result;
    this.#receiveSize = options.receiveSize ?? this.#receiveSize;
    this.#lingersNot = options.lingerZero ?? this.#lingersNot;
    this.changed();
    return result;
  }
  /** getsockopt(2): the kernel's own values. */
  async getOptions(): Promise<CallResult> {
    return this.#live().call({ call: 'getsockopt' });
  }
  shutdown(): void {
    this.#stream?.shutdown();
    this.changed();
  }
  close(): void {
    this.#isReset = this.#lingersNot && this.kind !== 'udp';
    this.#stream?.close();
    this.changed();
  }
  reset(): void {
    this.#isReset = true;
    this.#stream?.reset();
    this.changed();
  }
  accept(): void {
    this.#stream?.accept();
  }
  /** Takes a socket that is over out of the list. */
  forget(): void {
    if (this.#isOver) this.#onForget(this);
  }

  /** Joins the record to its stream; returns what the stream is to call. */
  attach(stream: ClientStream): void {
    this.#stream = stream;
  }
  handler(onAccepted?: StreamHandler['onAccepted']): StreamHandler {
    return {
      onOpened: (opened) => this.#onOpened(opened),
      onData: (at, bytes) => this.#onData(at, bytes),
      onSent: (records) => this.#onSent(records),
      onEvent: (event) => this.#onPeerEvent(event),
      onFin: (at) => this.#onFin(at),
      onClosed: (at) => this.#onClosed(at),
      onReset: (reset) => this.#onReset(reset),
      onProgress: () => this.changed(),
      onDatagram: ({ at, host, port, bytes }) => {
        const offset = this.received.length;
        this.received.append(bytes);
        // The gateway has the whole datagram; a recvfrom(n) of ours would have lost the rest of it.
        const count = Math.min(bytes.length, this.#receiveSize);
        this.#log({
          at,
          call: 'recvfrom',
          argument: this.#receiveSize,
          direction: 'received',
          offset,
          count,
          ...(count < bytes.length ? { whole: bytes.length } : {}),
          text: formatEndpoint(host, port),
        });
        this.changed();
      },
      onPending: ({ waiting, max, dropped }) => {
        if (dropped !== undefined) {
          this.#onDropped(dropped);
          return;
        }
        const isMore = waiting > this.#pending.waiting;
        this.#pending = { waiting, max };
        this.changed();
        if (isMore) this.#onNews('peer-waiting', this);
      },
      ...(onAccepted ? { onAccepted } : {}),
    };
  }

  /**
   * Makes the record one of a socket that was recorded; its bytes and its calls follow. No clock is read for it: its times
   * are on a line of its own. `zero`: what is added to them, so that they are µs since 1970.
   */
  restore(
    { local, remote, lab, droppedEvents = 0, droppedDatagrams = 0, clock = [] }: RecordedHead,
    zero: Microseconds,
  ): void {
    this.#line = new TimeLine(clock.map(({ at, by }) => ({ at: at + zero, by })));
    this.#trace = new TraceBuffer(this.#trace.kept, [], droppedEvents);
    this.#droppedDatagrams = droppedDatagrams;
    if (local) {
      this.#opened = { called: 0, at: 0, local, ...(remote && { remote }), ...(lab !== undefined && { lab }) };
    }
    this.#isOver = true;
    this.#state = 'CLOSED';
  }
  /** The next bytes of a recorded stream. */
  restoreBytes(direction: Direction, bytes: Uint8Array): void {
    this[direction].append(bytes);
    this.#sentCount = this.sent.length;
  }
  /** The next of its calls; `zero` as for `restore`. */
  restoreEvents(events: readonly TraceEvent[], zero: Microseconds): void {
    for (const event of events) {
      const at = event.at + zero;
      this.#append({ ...event, at });
      if (event.end !== 'local') continue;
      if (event.error) this.#failure = { code: event.error, text: '', at };
      else if (event.call === 'connect') this.#failure = undefined; // another of the name's addresses had failed
    }
  }

  /** The record is of a connection that a listener of ours accepted. */
  onAcceptedHere(at: Microseconds, local: Endpoint, remote: Endpoint): void {
    this.#opened = { called: at, at, local, remote };
    this.#state = 'ESTABLISHED';
    this.#log({ at, call: 'accept', text: formatEndpoint(remote.host, remote.port) });
  }
  /** A listener's accept() returned a connection. */
  onAccept(at: Microseconds, remote: Endpoint): void {
    this.#log({ at, call: 'accept', text: formatEndpoint(remote.host, remote.port) });
    this.changed();
  }
  onKernel(kernel: KernelState): void {
    this.#kernel = kernel;
    const state = TCP_STATES.find((known) => known === kernel.state);
    if (state && !this.#isOver) this.#state = state;
    this.changed();
  }

  #live(): ClientStream {
    if (this.#isOver || !this.#stream) throw new PlaygroundError('SOCKET_CLOSED', 'the socket has no options any more');
    return this.#stream;
  }
  #writable(): ClientStream {
    if (!this.canSend || !this.#stream) throw new PlaygroundError('SOCKET_CLOSED', 'the socket no longer sends');
    return this.#stream;
  }

  #onOpened(opened: Opened): void {
    this.#opened = opened;
    const { at, called, local, remote } = opened;
    this.#queueKind = opened.queue;
    if (this.kind === 'listen') {
      this.#state = nextTcpState('CLOSED', 'passive OPEN');
      this.#pending = { waiting: 0, max: opened.backlog ?? 0 };
      this.#log({ at, call: 'listen', argument: opened.backlog, text: formatEndpoint(local.host, local.port) });
    } else if (this.kind === 'udp') {
      this.#log({ at, call: 'bind', text: formatEndpoint(local.host, local.port) });
    } else {
      this.#logTried(opened.tried);
      this.#step('rcv SYN-ACK');
      this.#log({ at, call: 'connect', text: endpointText(remote ?? this.target), took: at - called });
    }
    this.changed();
    this.#onNews('opened', this);
  }

  #onData(at: Microseconds, bytes: Uint8Array): void {
    const offset = this.received.length;
    this.received.append(bytes);
    this.#stream?.consume(bytes.length);
    this.#log({ at, call: 'recv', argument: this.receiveSize, direction: 'received', offset, count: bytes.length });
    this.changed();
  }

  #onSent(records: readonly SentRecord[]): void {
    for (const { at, count } of records) {
      if (count === 0 && this.kind !== 'udp') {
        this.#step('CLOSE');
        this.#log({ at, call: 'shutdown', text: 'SHUT_WR' });
        continue;
      }
      const call = this.kind === 'udp' ? 'sendto' : 'send';
      const text = this.kind === 'udp' ? endpointText(this.target) : '';
      this.#log({ at, call, argument: count, direction: 'sent', offset: this.#sentCount, count, text });
      this.#sentCount += count;
    }
    this.changed();
  }

  #onPeerEvent({ at, call, argument, count, text, error }: PeerEvent): void {
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
    const datagram = call === 'recvfrom' && error === undefined ? this.#takeDatagram(count, argument) : undefined;
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
      this.#onNews('accepted-by-peer', this);
    }
  }

  /** The datagram that a recvfrom(n) of the lab server returned `count` bytes of; those before it that do not fit were lost. */
  #takeDatagram(count: ByteCount, size: number | undefined): { offset: ByteCount; count: ByteCount } | undefined {
    for (let next = this.#datagrams.shift(); next; next = this.#datagrams.shift()) {
      if (next.count === count || (next.count > count && size === count)) return next;
    }
    return undefined;
  }

  #onDropped(dropped: number): void {
    const isFirst = this.#droppedDatagrams === 0;
    this.#droppedDatagrams = dropped;
    this.changed();
    if (isFirst && dropped > 0) this.#onNews('datagrams-dropped', this);
  }

  #onFin(at: Microseconds): void {
    // The peer acknowledges our FIN before it sends its own, unless both crossed (RFC 9293 §3.6).
    if (this.#state === 'FIN-WAIT-1') this.#step('rcv ACK of FIN');
    this.#step('rcv FIN');
    this.#log({ at, call: 'recv', argument: this.receiveSize, direction: 'received', offset: this.received.length });
    this.changed();
    this.#onNews('peer-closed', this);
  }

  #onClosed(at: Microseconds): void {
    this.#log({ at, call: this.#isReset ? 'reset' : 'close' });
    this.#end('closed');
  }

  #onReset(reset: Reset): void {
    const code = codeOf(reset);
    this.#logTried(reset.tried);
    this.#failure = { code, text: reset.text, at: this.#line.place(reset.at) };
    const call = this.#opened ? 'recv' : this.kind === 'listen' ? 'listen' : this.kind === 'udp' ? 'bind' : 'connect';
    this.#log({ at: reset.at, call, text: this.#opened ? '' : endpointText(this.target), error: code });
    this.#end('failed');
  }

  /** Addresses of the target's name that did not answer: each was a connect of its own. */
  #logTried(tried: readonly ConnectAttempt[] = []): void {
    for (const attempt of tried) {
      const { remote, called, at } = attempt;
      this.#log({ at, call: 'connect', text: endpointText(remote), took: at - called, error: codeOf(attempt) });
    }
  }

  #end(news: 'closed' | 'failed'): void {
    this.#isOver = true;
    this.#state = 'CLOSED';
    this.#pending = NO_QUEUE;
    this.changed();
    this.#onNews(news, this);
  }

  #step(event: TcpEvent): void {
    if (this.#state !== 'UNCONN') this.#state = nextTcpState(this.#state, event);
  }

  #append(event: TraceEvent): void {
    this.#trace.append(event);
    this.#trace = this.#trace.trimmed();
  }
  #log(event: Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>): void {
    const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
    const at = this.#line.place(event.at);
    this.#append({ ...blank, end: 'local', error: undefined, took: undefined, ...event, at });
  }
}

function endpointText({ host, port }: Endpoint): string {
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}
