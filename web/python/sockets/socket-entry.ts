import { Fifo } from '../../../protocol/fifo.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import { nextTcpState, type TcpEvent } from '../../../protocol/tcp-state.ts';
import type { ByteCount, Microseconds, Milliseconds } from '../../../protocol/units.ts';
import type { SocketState } from '../../../trace/socket.ts';
import type { ProgramStream } from './program-stream.ts';
import type { SocketLog } from './socket-log.ts';

export const Family = { Unix: 1, Inet: 2, Inet6: 10 } as const;
export const Kind = { Stream: 1, Datagram: 2 } as const;

/** poll(2)'s bits; ACCEPTED is ours: a connection asked of the gateway has come. */
export const Ready = { In: 1, Out: 4, Err: 8, Hup: 16, Invalid: 32, Accepted: 256, ReadHup: 0x2000 } as const;

/** How far a socket has come. `failed`: its connect was refused, which the program has yet to be told. */
export type Phase = 'new' | 'bound' | 'connecting' | 'connected' | 'failed' | 'listening';

/** `settle` lets the call return, with '' or an error's name; connect is told of readiness instead. */
export type Opening = {
  readonly call: 'bind' | 'listen' | 'connect';
  readonly site: number;
  readonly text: string;
  readonly argument?: number;
  readonly called: Milliseconds;
  readonly waiter?: number;
};
type SentAt = { left: ByteCount; readonly at: Milliseconds };

export type Datagram = { readonly at: Microseconds; readonly bytes: Uint8Array; readonly sender: Endpoint | undefined };

/** What may be on its way to the gateway's kernel per socket: as much as a socket's send buffer holds. */
export const SEND_BUFFER: ByteCount = 262_144;

/** One open socket of the process, shared by the descriptors that dup(2) made of it. */
export class SocketEntry {
  readonly family: number;
  readonly kind: number;
  /** What stands for it at the gateway, from bind, listen or connect on. */
  stream: ProgramStream | undefined;
  descriptors = 1;
  phase: Phase = 'new';
  options: SocketOptions = {};
  /** A proxy was asked for between it and its target: by the page, not by the program. */
  isTroubled = false;
  /** As Python is given them, once there are some. */
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  /** Where that proxy stands, once it is there, and its own end towards `remote`. */
  proxy: Endpoint | undefined;
  onward: Endpoint | undefined;
  /** Where programs outside the tab reach it, if its port is stood in for. */
  outside: Endpoint | undefined;
  /** bind, listen or connect that has not returned. */
  opening: Opening | undefined;
  /** The wildcard address it was bound to: the gateway may have narrowed it to loopback, the program still sees its own. */
  wildcard = '';
  /** SO_ERROR: told once. */
  error = '';
  /** connect(2) has succeeded after it had returned EINPROGRESS: the next call of it returns 0, once. */
  isConnectUntold = false;
  isSendEnded = false;
  /** The peer's FIN has come. */
  isReceiveEnded = false;
  /** shutdown(2) with SHUT_RD: recv does not wait any more. What has come, and what still comes, is read first (tcp_recvmsg of Linux). */
  isReadShut = false;
  /** When both directions had been shut down here, on the server's clock. */
  shutAt: Microseconds | undefined;
  /** The gateway's socket is gone: reset, or closed under us. */
  isOver = false;
  readonly datagrams: Datagram[] = [];
  lastSender: Endpoint | undefined;
  /** The datagram that was read last was longer than the room for it. */
  wasCut = false;
  /** What is reported of it; none of a pair within the process, nor of what is no socket of the program's. */
  log: SocketLog | undefined;
  /** When the last of what can be received came, FIN included. */
  arrivedAt: Microseconds | undefined;
  /** A listener's: connections here, connections that wait in the kernel's queue, those of them asked for. */
  readonly accepted: number[] = [];
  waiting = 0;
  /** It was shut down while it listened, and is bound no more. */
  isListenEnded = false;
  asked = 0;
  backlog = 0;
  /** The other end of a pair within the process. */
  twin: SocketEntry | undefined;
  readonly #chunks: Uint8Array[] = [];
  #receivedBytes: ByteCount = 0;
  /** Given to the gateway, and not yet in its kernel's send buffer. */
  #underWay: ByteCount = 0;
  readonly #sends = new Fifo<SentAt>();
  #state: SocketState;

  constructor(family: number, kind: number) {
    this.family = family;
    this.kind = kind;
    this.#state = kind === Kind.Stream ? 'CLOSED' : 'UNCONN';
  }

  get isStream(): boolean {
    return this.kind === Kind.Stream;
  }
  get streamKind(): 'tcp' | 'unix' {
    return this.family === Family.Unix ? 'unix' : 'tcp';
  }
  get state(): SocketState {
    return this.#state;
  }
  /** What the connection went through, by RFC 9293. */
  step(...events: readonly TcpEvent[]): void {
    for (const event of events) if (this.#state !== 'UNCONN') this.#state = nextTcpState(this.#state, event);
  }
  /** getsockname(2). connect(2) gives a datagram socket the address its datagrams leave from: there is no interface but loopback. */
  get name(): Endpoint | undefined {
    const isNarrowed = !this.isStream && this.remote !== undefined && (!this.local || this.wildcard !== '');
    if (!isNarrowed) return this.local;
    return { host: this.family === Family.Inet6 ? '::1' : '127.0.0.1', port: this.local?.port ?? 0 };
  }
  get receivedBytes(): ByteCount {
    return this.#receivedBytes;
  }

  get underWay(): ByteCount {
    return this.#underWay;
  }
  get sendRoom(): ByteCount {
    return SEND_BUFFER - this.#underWay;
  }
  /** One send(2), of sendRoom at the most, has left at a time of this clock. */
  sent(count: ByteCount, now: Milliseconds): void {
    this.#underWay += count;
    this.#sends.push({ left: count, at: now });
  }
  /** So many bytes are in the gateway's kernel send buffer: the sends that are there as a whole now, by when they left. */
  confirm(count: ByteCount): Milliseconds[] {
    const whole: Milliseconds[] = [];
    let left = count;
    this.#underWay = Math.max(0, this.#underWay - count);
    for (let first = this.#sends.peek(); first && left > 0; first = this.#sends.peek()) {
      const part = Math.min(left, first.left);
      first.left -= part;
      left -= part;
      if (first.left > 0) break;
      whole.push(first.at);
      this.#sends.shift();
    }
    return whole;
  }

  receive(bytes: Uint8Array, at?: Microseconds): void {
    if (at !== undefined) this.arrivedAt = at;
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#receivedBytes += bytes.length;
  }

  /** The first bytes, at the most `size` of them; call it only when there are some. */
  take(size: ByteCount, isPeek: boolean): Uint8Array {
    const count = Math.min(size, this.#receivedBytes);
    const first = this.#chunks[0] as Uint8Array;
    const bytes = first.length >= count ? first.subarray(0, count) : this.#join(count);
    if (!isPeek) this.#drop(count);
    return bytes;
  }
  receiveFin(at: Microseconds): void {
    this.arrivedAt = at;
    this.isReceiveEnded = true;
    if (this.state === 'FIN-WAIT-1') this.step('rcv ACK of FIN');
    this.step('rcv FIN');
  }
  /** RCV_SHUTDOWN of Linux: nothing is waited for, once what is there is read. */
  get isReceiveShut(): boolean {
    return this.isReceiveEnded || this.isReadShut;
  }

  takeError(): string {
    const { error } = this;
    this.error = '';
    return error;
  }

  /** The bits of poll(2), as tcp_poll and datagram_poll of Linux set them. */
  ready(): number {
    return this.isStream ? this.#streamReady() : this.#datagramReady();
  }

  #streamReady(): number {
    switch (this.phase) {
      case 'new':
      case 'bound':
        return Ready.Out | Ready.Hup;
      case 'connecting':
        return 0;
      case 'failed':
        return Ready.In | Ready.Out | Ready.Err | Ready.Hup;
      case 'listening':
        return (
          (this.accepted.length > 0 || this.waiting > this.asked || this.isOver ? Ready.In : 0) |
          (this.accepted.length > 0 || this.isOver ? Ready.Accepted : 0) |
          (this.isOver ? Ready.Err | Ready.Hup : 0)
        );
      case 'connected':
        return (
          (this.#receivedBytes > 0 || this.isReceiveShut || this.isOver ? Ready.In : 0) |
          (this.sendRoom > 0 || this.isSendEnded || this.isOver ? Ready.Out : 0) |
          (this.error ? Ready.Err | Ready.In | Ready.Out : 0) |
          (this.isReceiveShut || this.isOver ? Ready.ReadHup : 0) |
          (this.isOver || (this.isReceiveShut && this.isSendEnded) ? Ready.Hup : 0)
        );
    }
  }
  #datagramReady(): number {
    const isTwinGone = this.twin?.isOver === true;
    return (
      (this.datagrams.length > 0 || this.error || isTwinGone ? Ready.In : 0) |
      (this.opening ? 0 : Ready.Out) |
      (this.error ? Ready.Err : 0)
    );
  }

  #join(count: ByteCount): Uint8Array {
    const joined = new Uint8Array(count);
    let filled = 0;
    for (const chunk of this.#chunks) {
      if (filled === count) break;
      const part = chunk.subarray(0, count - filled);
      joined.set(part, filled);
      filled += part.length;
    }
    return joined;
  }
  #drop(count: ByteCount): void {
    this.#receivedBytes -= count;
    let left = count;
    while (left > 0) {
      const chunk = this.#chunks[0] as Uint8Array;
      if (chunk.length > left) {
        this.#chunks[0] = chunk.subarray(left);
        return;
      }
      left -= chunk.length;
      this.#chunks.shift();
    }
  }
}
