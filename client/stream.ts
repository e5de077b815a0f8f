import { dataCost, ReceiveWindow, SendCredit } from '../protocol/credit.ts';
import { PlaygroundError } from '../protocol/errors.ts';
import { Fifo } from '../protocol/fifo.ts';
import { DATA_BYTES_MAX, FrameType } from '../protocol/frame.ts';
import type { CallRequest, CallResult } from '../protocol/messages/calls.ts';
import type { Accepted, Opened, Pending, Reset } from '../protocol/messages/socket.ts';
import {
  type Datagram,
  datagramRefusal,
  datagramRoom,
  encodeDatagram,
  encodeU32,
  type PeerEvent,
  type SentRecord,
} from '../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../protocol/units.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { assertBytes, type SendCopies } from './send-copies.ts';

/**
 * What happens to a socket; all times are of the server's monotonic clock. After `onClosed` or `onReset` only `onEvent` comes, and
 * after `leave` nothing. Each may call everything, `leave` too: see docs/decisions/014. None is called from within another; what one throws
 * is reported, and ends nothing.
 */
export type StreamHandler = {
  readonly onOpened?: (opened: Opened) => void;
  /**
   * One recv(2) of the gateway. Call `consume` when the bytes have been read by whom they are for. They may be kept; but their
   * buffer has other frames in it, so it must not be transferred.
   */
  readonly onData?: (at: Microseconds, bytes: Uint8Array) => void;
  /** Bytes given to `send` are in the gateway's kernel send buffer. */
  readonly onSent?: (records: readonly SentRecord[]) => void;
  /** The program at the other end made a call. */
  readonly onEvent?: (event: PeerEvent) => void;
  readonly onFin?: (at: Microseconds) => void;
  readonly onClosed?: (at: Microseconds) => void;
  readonly onReset?: (reset: Reset) => void;
  readonly onDatagram?: (datagram: Datagram) => void;
  readonly onPending?: (pending: Pending) => void;
  /** A listener's accept() returned; the handler given back is the new socket's. */
  readonly onAccepted?: (stream: ClientStream, accepted: Accepted) => StreamHandler;
  /** Something queued has left for the gateway. */
  readonly onProgress?: () => void;
};

/** What a stream needs of the gateway client. */
export type StreamPort = {
  readonly sendFrame: (type: FrameType, stream: number, payload: Uint8Array) => void;
  readonly wake: () => void;
  readonly copies: SendCopies;
  readonly call: (stream: number, call: CallRequest) => Promise<CallResult>;
};

type Queued = { readonly type: FrameType; readonly bytes: Uint8Array };
const NOTHING = new Uint8Array();
/** What a datagram's length field of the host takes. */
const HOST_BYTES_MAX: ByteCount = 255;

/** One socket that the gateway holds for us. What is sent is queued here until credit and budgets let it go. */
export class ClientStream {
  readonly id: number;
  readonly #port: StreamPort;
  readonly #credit = new SendCredit();
  readonly #window = new ReceiveWindow();
  readonly #queue = new Fifo<Queued>();
  #queuedBytes: ByteCount = 0;
  /** Received, and not yet said to have been read. */
  #unread: ByteCount = 0;
  #isWriteEnded = false;
  #isClosing = false;
  #isReset = false;
  #isOver = false;

  constructor(id: number, port: StreamPort) {
    this.id = id;
    this.#port = port;
  }

  /** Bytes given to `send` that have not left for the gateway. */
  get queuedBytes(): ByteCount {
    return this.#queuedBytes;
  }
  /** Bytes the gateway would take at once. */
  get credit(): ByteCount {
    return this.#credit.available;
  }
  get canSend(): boolean {
    return !this.#isWriteEnded && !this.#isOver;
  }
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * One send(2) for each 32 KiB (DATA_BYTES_MAX) begun; of no bytes, none. The bytes are copied, and queued as a whole before anybody is
   * called: what is sent, shut down or closed after it comes behind all of them.
   * @throws {PlaygroundError} SOCKET_CLOSED, ARGUMENT_INVALID: nothing of it is sent
   */
  send(bytes: Uint8Array): void {
    this.#assertWritable();
    assertBytes(bytes);
    const { length } = bytes;
    const { copies } = this.#port;
    if (length <= DATA_BYTES_MAX) {
      if (length > 0) this.#enqueue(FrameType.DATA, copies.copy(bytes, 0, length));
      return;
    }
    const pieces: Queued[] = [];
    for (let start = 0; start < length; start += DATA_BYTES_MAX) {
      const end = Math.min(start + DATA_BYTES_MAX, length);
      pieces.push({ type: FrameType.DATA, bytes: copies.copy(bytes, start, end) });
    }
    for (const piece of pieces) this.#queue.push(piece);
    this.#queuedBytes += length;
    this.#port.wake();
  }
  /**
   * One sendto(2), 0 to 65,507 bytes, which are copied.
   * @throws {PlaygroundError} SOCKET_CLOSED, ARGUMENT_INVALID, DATAGRAM_TOO_LONG, DATAGRAM_LIMIT, HOST_INVALID, PORT_INVALID
   */
  sendTo(host: string, port: number, bytes: Uint8Array): void {
    this.#assertWritable();
    assertBytes(bytes);
    const refusal = datagramRefusal(host, bytes.length);
    if (refusal) throw new PlaygroundError(refusal, `${bytes.length} bytes, ${datagramRoom(host)} at the most`);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new PlaygroundError('PORT_INVALID', `${port}`);
    if (encodeUtf8(host).length > HOST_BYTES_MAX)
      throw new PlaygroundError('HOST_INVALID', host.slice(0, HOST_BYTES_MAX));
    this.#enqueue(FrameType.DGRAM, encodeDatagram({ at: 0, host, port, bytes }));
  }
  /** shutdown(SHUT_WR), once all that was sent has gone. */
  shutdown(): void {
    if (!this.canSend) return;
    this.#isWriteEnded = true;
    this.#enqueue(FrameType.FIN, NOTHING);
  }
  /** close(2), once all that was sent has gone. */
  close(): void {
    if (this.#isOver || this.#isClosing) return;
    this.#isWriteEnded = true;
    this.#isClosing = true;
    this.#enqueue(FrameType.CLOSE, NOTHING);
  }
  /** close(2) with SO_LINGER 0: what is still queued is dropped, the peer sees RST. A close that still waits becomes one. */
  reset(): void {
    if (this.#isOver || this.#isReset) return;
    this.#isWriteEnded = true;
    this.#isClosing = true;
    this.#isReset = true;
    this.#dropQueue();
    this.#port.sendFrame(FrameType.RST, this.id, NOTHING);
  }
  /** accept(2) on a listener: takes the next waiting peer, now or when one comes. */
  accept(): void {
    if (!this.#isOver && !this.#isClosing) this.#port.sendFrame(FrameType.ACCEPT, this.id, NOTHING);
  }
  /** One more system call. Its result comes in any case: SOCKET_CLOSED where the socket has ended. */
  call(call: CallRequest): Promise<CallResult> {
    return this.#port.call(this.id, call);
  }

  /**
   * The application has read this many bytes of what `onData` gave: the gateway may send as many more.
   * @throws {PlaygroundError} ARGUMENT_INVALID: more than that, or no count
   */
  consume(count: ByteCount): void {
    if (!Number.isSafeInteger(count) || count < 0 || count > this.#unread) {
      throw new PlaygroundError('ARGUMENT_INVALID', `${count} bytes consumed, ${this.#unread} received and unread`);
    }
    this.#unread -= count;
    const grant = this.#window.consume(count);
    if (grant > 0 && !this.#isOver) this.#port.sendFrame(FrameType.CREDIT, this.id, encodeU32(grant));
  }

  // What follows is for the gateway client alone.

  receive(count: ByteCount): void {
    this.#window.receive(count);
    this.#unread += count;
  }
  grant(count: ByteCount): void {
    this.#credit.grant(count);
  }
  /** The next frame that credit allows, with what it costs; undefined while there is none. */
  peek(): Queued | undefined {
    const next = this.#queue.peek();
    if (!next) return undefined;
    return next.type === FrameType.DATA && dataCost(next.bytes.length) > this.#credit.available ? undefined : next;
  }
  shift(): void {
    const { type, bytes } = this.#queue.shift() as Queued;
    this.#queuedBytes -= bytes.length;
    if (type !== FrameType.DATA) return;
    this.#credit.spend(dataCost(bytes.length));
    this.#port.copies.lend(bytes);
  }
  finish(): void {
    this.#isOver = true;
    this.#dropQueue();
  }

  #enqueue(type: FrameType, bytes: Uint8Array): void {
    this.#queue.push({ type, bytes });
    this.#queuedBytes += bytes.length;
    this.#port.wake();
  }
  #dropQueue(): void {
    this.#queue.clear();
    this.#queuedBytes = 0;
  }
  #assertWritable(): void {
    if (!this.canSend) throw new PlaygroundError('SOCKET_CLOSED', 'the socket no longer sends');
  }
}
