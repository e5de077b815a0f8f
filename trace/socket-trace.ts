import type { SocketErrorCode } from '../protocol/errors.ts';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { SocketOptions } from '../protocol/messages/options.ts';
import { codeOf, type Opened, type Pending, type Reset } from '../protocol/messages/socket.ts';
import type { DatagramState, KernelState, PeerState } from '../protocol/messages/stats.ts';
import type { Datagram, PeerEvent, SentRecord } from '../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../protocol/units.ts';
import { type Direction, isHarmless, type TraceEvent } from './event.ts';
import { NAME_LENGTH_MAX, type RecordedSocket } from './export/recording.ts';
import { endpointText, OpeningCalls } from './socket/opening-calls.ts';
import { optionTexts } from './socket/option-text.ts';
import type { ProgramHead } from './socket/program-head.ts';
import { SocketFacts, type SocketIdentity } from './socket/socket-facts.ts';

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

/**
 * What a socket went through: from what is told of it to its state, its two byte streams and its log of calls. A live socket,
 * one of a recording, one that is watched and one of a program are all of this class; who feeds it differs. Pure: no page, no
 * WebSocket, no clock of its own.
 */
export class SocketTrace extends SocketFacts {
  readonly #opening: OpeningCalls;
  readonly #onChange: OnSocketChange;

  constructor(identity: SocketIdentity, onChange: OnSocketChange = () => undefined) {
    super(identity);
    const { bind, options = {} } = identity;
    this.#opening = new OpeningCalls({ calls: this.calls, bind, options });
    this.#onChange = onChange;
  }

  /** What a person calls it; nothing but blanks takes the name away. */
  rename(name: string): void {
    this.givenName = name.trim().slice(0, NAME_LENGTH_MAX) || undefined;
    this.changed();
  }
  /** The bytes of a send or sendto that the gateway has not confirmed yet. */
  onQueued(bytes: Uint8Array): void {
    this.bytes.queue(bytes, this.kind === 'udp');
    this.changed();
  }
  onOpened(opened: Opened): void {
    this.status.open(opened);
    if (this.kind === 'listen') this.#opening.onListening(opened);
    else if (this.kind === 'udp') this.#opening.onBound(opened);
    else this.#opening.onConnected(this.kind, opened.remote ?? this.target, opened);
    this.changed();
    this.#onChange('opened', this);
  }
  /** One recv(2) that returned these bytes. */
  onData(at: Microseconds, bytes: Uint8Array): void {
    const offset = this.bytes.receive(bytes);
    const argument = this.size;
    this.calls.add({ at, call: 'recv', argument, direction: 'received', offset, count: bytes.length });
    this.changed();
  }
  onDatagram({ at, host, port, bytes }: Datagram): void {
    const offset = this.bytes.receive(bytes);
    const argument = this.size;
    // The gateway has the whole datagram; a recvfrom(n) of ours would have lost the rest of it.
    const count = Math.min(bytes.length, argument);
    const whole = count < bytes.length ? { whole: bytes.length } : {};
    const text = endpointText({ host, port });
    this.calls.add({ at, call: 'recvfrom', argument, direction: 'received', offset, count, ...whole, text });
    this.changed();
  }
  onSent(records: readonly SentRecord[]): void {
    const isDatagram = this.kind === 'udp';
    const call = isDatagram ? 'sendto' : 'send';
    const text = isDatagram ? endpointText(this.target) : '';
    for (const { at, count } of records) {
      if (count === 0 && !isDatagram) {
        this.status.step('CLOSE');
        this.calls.add({ at, call: 'shutdown', text: 'SHUT_WR' });
        continue;
      }
      const offset = this.bytes.confirm(count);
      this.calls.add({ at, call, argument: count, direction: 'sent', offset, count, text });
    }
    this.changed();
  }
  /** A call of the program at the other end. */
  onEvent(event: PeerEvent): void {
    const { call, argument, count, text, error } = event;
    const at = this.calls.line.place(event.at);
    const moved = this.bytes.moveOfPeer(event);
    // A send that failed says how many bytes it was given.
    const given = call === 'send' && error !== undefined && argument !== undefined ? { given: argument } : {};
    this.calls.append({ at, end: 'peer', call, argument, count, text, error, took: undefined, ...moved, ...given });
    if (call !== 'accept' || this.status.isAcceptedByPeer) return;
    this.status.isAcceptedByPeer = true;
    this.changed();
    this.#onChange('accepted-by-peer', this);
  }
  onPending({ at, waiting, max, dropped, tooLong = 0 }: Pending): void {
    if (dropped !== undefined) {
      this.status.tooLongDatagrams = tooLong;
      this.#onDropped(dropped);
      return;
    }
    const isMore = waiting > this.pending.waiting;
    this.status.pending = { waiting, max };
    this.queueFacts.add(this.calls.line.place(at), this.pending);
    this.changed();
    if (isMore) this.#onChange('peer-waiting', this);
  }
  onFin(at: Microseconds): void {
    this.status.receiveFin();
    const offset = this.received.length;
    this.calls.add({ at, call: 'recv', argument: this.size, direction: 'received', offset });
    this.changed();
    this.#onChange('peer-closed', this);
  }
  /** Our own close has happened; `reset` where it sent a RST; `isAsked` false where both ends' FIN have closed it. */
  onClosed(at: Microseconds, call: 'close' | 'reset', isAsked = true): void {
    if (!this.isOpened) this.#opening.onGivenUp(this.kind, this.target, at);
    this.calls.add({ at, call, ...(!isAsked && { variant: 'implicit' as const }) });
    this.#end('closed');
  }
  onReset(reset: Reset): void {
    const code = codeOf(reset);
    this.#opening.onTried(this.kind, reset.tried);
    this.status.failure = { code, text: reset.text, at: this.calls.line.place(reset.at) };
    if (this.isOpened) this.#addFailed(reset, code);
    else this.#opening.onFailed(this.kind, this.target, reset, code);
    this.#end('failed');
  }
  /** The trace is of a connection that a listener of ours accepted. */
  onAcceptedHere(at: Microseconds, local: Endpoint, remote: Endpoint): void {
    this.status.accept(at, local, remote);
    this.calls.add({ at, call: 'accept', text: endpointText(remote) });
  }
  /** What is known of who connected. */
  onOrigin(isFromOutside: boolean | undefined): void {
    if (this.status.isFromOutside === isFromOutside) return;
    this.status.isFromOutside = isFromOutside;
    this.changed();
  }
  /** A listener's accept() returned a connection. */
  onAccept(at: Microseconds, remote: Endpoint): void {
    this.calls.add({ at, call: 'accept', text: endpointText(remote) });
    this.changed();
  }
  /** setsockopt(2) on the open socket has returned; where it failed, the trace cannot tell at which of several options. */
  onOptions(at: Microseconds, options: SocketOptions, error?: SocketErrorCode): void {
    const texts = optionTexts(options);
    for (const text of error === undefined ? texts : [texts.join(', ')]) {
      this.calls.add({ at, call: 'setsockopt', text, error });
    }
    if (error === undefined) this.size = options.receiveSize ?? this.size;
    this.changed();
  }
  /** A recv(n) was called by hand; `size` is its n. */
  onRecvCalled(size: ByteCount): void {
    this.size = size;
    this.changed();
  }
  /** One more recv(2) after EOF has returned it again. */
  onEofAgain(at: Microseconds): void {
    const offset = this.received.length;
    this.calls.add({ at, call: 'recv', argument: this.size, direction: 'received', offset });
    this.changed();
  }
  onPeerKernel(state: PeerState | undefined): void {
    this.status.peerKernel = state;
    this.changed();
  }
  onDatagramKernel(state: DatagramState): void {
    this.status.datagramKernel = state;
    this.changed();
  }
  onKernel(at: Microseconds, kernel: KernelState): void {
    const wasWaiting = this.state === 'CLOSE-WAIT' && !this.isOver && !this.isEnding;
    this.kernelFacts.add(this.calls.line.place(at), kernel);
    this.status.observe(kernel);
    // From CLOSE-WAIT nothing else leads there: no call of ours tells of it before the next one.
    if (wasWaiting && kernel.state === 'CLOSED') this.#onUntoldReset(at);
    this.changed();
  }

  /**
   * Makes the trace one of a socket that was recorded; its bytes and its calls follow. No clock is read for it: its times are on
   * a line of its own. `zero`: what is added to them, so that they are µs since 1970.
   */
  restore(head: RecordedHead, zero: Microseconds): void {
    const { droppedEvents = 0, droppedDatagrams = 0, tooLongDatagrams = 0, clock = [] } = head;
    this.calls.restore(clock, droppedEvents, zero);
    this.status.droppedDatagrams = droppedDatagrams;
    this.status.tooLongDatagrams = tooLongDatagrams;
    this.status.setEnds(head);
    this.status.end();
    this.givenName = head.name;
  }
  /** The next bytes of one direction: of a recording, a mirror or a program's worker. */
  appendBytes(direction: Direction, bytes: Uint8Array): void {
    this.bytes.append(direction, bytes);
  }
  /** The next calls, likewise; `zero` as for `restore`. */
  append(events: readonly TraceEvent[], zero: Microseconds = 0): void {
    for (const event of events) {
      const at = event.at + zero;
      this.calls.append({ ...event, at });
      if (event.end !== 'local') continue;
      if (isHarmless(event)) continue;
      if (event.error) this.status.failure = { code: event.error, text: '', at };
      else if (event.call === 'connect') this.status.failure = undefined; // another of the name's addresses had failed
    }
  }

  /** How a program's socket stands. Its bytes and its calls come before. */
  onHead(head: ProgramHead): void {
    const isEnd = head.isOver && !this.isOver;
    this.bytes.omitted = head.omitted;
    const { failure } = head;
    this.status.setHead(head, failure && { ...failure, at: this.calls.line.place(failure.at) });
    this.changed();
    if (isEnd) this.#onChange(failure ? 'failed' : 'closed', this);
  }
  /** A call of a program on its socket has returned; the bytes come by `appendBytes`. */
  onCall(event: TraceEvent): void {
    const { direction, offset, count } = event;
    if (direction === 'sent' && this.kind === 'udp') this.bytes.addDatagram({ offset, count });
    this.calls.append({ ...event, at: this.calls.line.place(event.at) });
  }

  /** The program's process has ended with the socket open. */
  onGone(): void {
    this.#end('closed');
  }

  /** Our FIN has been asked for. */
  protected get isEnding(): boolean {
    return false;
  }
  /** RST came by `at`: the other end's kernel has answered a send to a socket that nobody holds any more. */
  #onUntoldReset(at: Microseconds): void {
    this.calls.add({ at, end: 'peer', call: 'reset', variant: 'implicit' });
  }
  #onDropped(dropped: number): void {
    const isFirst = this.droppedDatagrams === 0;
    this.status.droppedDatagrams = dropped;
    this.changed();
    if (isFirst && dropped > 0) this.#onChange('datagrams-dropped', this);
  }
  /** The call that ended an open socket. A send that failed was given what had not been taken yet. */
  #addFailed({ at, call = 'recv' }: Reset, error: SocketErrorCode): void {
    const isRead = call === 'recv' || call === 'recvfrom';
    const offset = isRead ? this.received.length : this.sentCount;
    const text = call === 'sendto' ? endpointText(this.target) : '';
    const given = call === 'send' && this.queuedBytes > 0 ? { given: this.queuedBytes } : {};
    this.calls.add({ at, call, offset, text, error, ...(isRead && { argument: this.size }), ...given });
  }
  #end(change: 'closed' | 'failed'): void {
    this.status.end();
    this.changed();
    this.#onChange(change, this);
  }
}
