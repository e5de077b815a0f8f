import type { Endpoint, SocketOptions } from '../../protocol/messages.ts';
import { nextTcpState, type TcpEvent } from '../../protocol/tcp-state.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';
import type { SocketState } from '../../trace/socket.ts';
import { endpointOf } from './call-recorder.ts';
import type { SocketHandle } from './gateway-port.ts';
import type { SocketLog } from './socket-log.ts';

export const Family = { Unix: 1, Inet: 2, Inet6: 10 } as const;
export const Kind = { Stream: 1, Datagram: 2 } as const;

/** poll(2)'s bits; ACCEPTED is ours: a connection asked of the gateway has come. */
export const Ready = { In: 1, Out: 4, Err: 8, Hup: 16, Invalid: 32, Accepted: 256 } as const;

/** How far a socket has come. `failed`: its connect was refused, which the program has yet to be told. */
export type Phase = 'new' | 'bound' | 'connecting' | 'connected' | 'failed' | 'listening';

export type Datagram = { readonly at: Microseconds; readonly bytes: Uint8Array; readonly sender: string };

/** What may be on its way to the gateway's kernel per socket: as much as a socket's send buffer holds. */
export const SEND_BUFFER: ByteCount = 262_144;

/** One open socket of the process, shared by the descriptors that dup(2) made of it. */
export class SocketEntry {
  readonly family: number;
  readonly kind: number;
  readonly handle: SocketHandle;
  descriptors = 1;
  phase: Phase = 'new';
  options: SocketOptions = {};
  /** `host port`, as Python is given it; empty while there is none. */
  local = '';
  remote = '';
  /** The wildcard address it was bound to: the gateway may have narrowed it to loopback, the program still sees its own. */
  wildcard = '';
  /** SO_ERROR: told once. */
  error = '';
  isSendEnded = false;
  isReceiveEnded = false;
  /** The gateway's socket is gone: reset, or closed under us. */
  isOver = false;
  sendRoom: ByteCount = SEND_BUFFER;
  readonly datagrams: Datagram[] = [];
  lastSender = '';
  /** The datagram that was read last was longer than the room for it. */
  wasCut = false;
  /** What is reported of it; none of a pair within the process, nor of what is no socket of the program's. */
  log: SocketLog | undefined;
  /** When the last of what can be received came, FIN included. */
  arrivedAt: Microseconds | undefined;
  /** Read by the program and not yet told to the gateway. */
  unreported: ByteCount = 0;
  /** A listener's: connections here, connections that wait in the kernel's queue, those of them asked for. */
  readonly accepted: number[] = [];
  waiting = 0;
  asked = 0;
  backlog = 0;
  /** The other end of a pair within the process. */
  twin: SocketEntry | undefined;
  readonly #chunks: Uint8Array[] = [];
  #receivedBytes: ByteCount = 0;
  #state: SocketState;

  constructor(family: number, kind: number, handle: SocketHandle) {
    this.family = family;
    this.kind = kind;
    this.handle = handle;
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
  get localEndpoint(): Endpoint | undefined {
    return endpointOf(this.local);
  }
  get remoteEndpoint(): Endpoint | undefined {
    return endpointOf(this.remote);
  }
  /** What the connection went through, by RFC 9293. */
  step(...events: readonly TcpEvent[]): void {
    for (const event of events) if (this.#state !== 'UNCONN') this.#state = nextTcpState(this.#state, event);
  }
  get receivedBytes(): ByteCount {
    return this.#receivedBytes;
  }

  receive(bytes: Uint8Array): void {
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
  discardReceived(): ByteCount {
    const count = this.#receivedBytes;
    this.#chunks.length = 0;
    this.#receivedBytes = 0;
    return count;
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
          (this.accepted.length > 0 || this.waiting > this.asked ? Ready.In : 0) |
          (this.accepted.length > 0 ? Ready.Accepted : 0)
        );
      case 'connected':
        return (
          (this.#receivedBytes > 0 || this.isReceiveEnded || this.isOver ? Ready.In : 0) |
          (this.sendRoom > 0 || this.isSendEnded || this.isOver ? Ready.Out : 0) |
          (this.error ? Ready.Err | Ready.In | Ready.Out : 0) |
          (this.isOver || (this.isReceiveEnded && this.isSendEnded) ? Ready.Hup : 0)
        );
    }
  }
  #datagramReady(): number {
    const isTwinGone = this.twin?.isOver === true;
    return (
      (this.datagrams.length > 0 || this.error || isTwinGone ? Ready.In : 0) | Ready.Out | (this.error ? Ready.Err : 0)
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
