import type { Socket } from 'node:net';
import { DATA_COST_MAX, frameCost, ReceiveWindow } from '../../../../protocol/credit.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType, RECEIVE_BYTES } from '../../../../protocol/frame.ts';
import { encodeMessage } from '../../../../protocol/messages/codec.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions, Trouble } from '../../../../protocol/messages/options.ts';
import type { ConnectAttempt, Opened } from '../../../../protocol/messages/socket.ts';
import { decodeU32, encodeReceived, encodeTime } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import { abort } from '../../../shared/reset.ts';
import { failureOf } from '../../dial/connect-attempts.ts';
import { keep } from '../keep.ts';
import { Outbound } from '../outbound.ts';
import { type Ends, PeerProgram } from '../peer-program.ts';
import { answerCall } from '../socket-calls.ts';
import { encodeReset, type Failure, failureFrom } from '../stream-end.ts';
import type { GatewayStream, StreamPort } from '../stream-port.ts';
import { Sends } from './socket-writer.ts';

/** What waits for the browser before the socket is no longer read. */
const QUEUE_BYTES: ByteCount = 131_072;

/** What stands between this socket and its target. */
type StreamProxy = { readonly setTrouble: (trouble: Trouble) => void; readonly close: () => void };

/** A connection, dialled or accepted, joined to its stream. */
export class TcpStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'tcp';
  readonly outbound = new Outbound();
  ends: GatewayStream['ends'];
  readonly #port: StreamPort;
  readonly #window = new ReceiveWindow();
  #socket: Socket | undefined;
  /** Bytes and FIN that came before there was a socket. */
  #early: (Uint8Array | 'FIN')[] | undefined;
  /** Most streams never send, or are idle for long. */
  #sends: Sends | undefined;
  #peer: PeerProgram | undefined;
  #isOver = false;
  #isClosing = false;
  #isPaused = false;
  /** The browser has said FIN. */
  #isShut = false;
  #activeAt: Microseconds;
  #receiveSize: ByteCount = RECEIVE_BYTES;
  #resize: ((socket: Socket) => void) | undefined;
  /** Ends a connect(2) under way whose socket is not attached yet. */
  #abandon: (() => void) | undefined;
  /** Addresses of the target's name that did not answer. */
  #tried: readonly ConnectAttempt[] = [];
  /** connect(2) under way: when it was called, and where it goes. */
  #connecting: { readonly called: Microseconds; readonly remote: Endpoint } | undefined;
  #proxy: StreamProxy | undefined;
  /** SO_LINGER {on, 0}. */
  #lingersNot = false;

  constructor(id: number, port: StreamPort) {
    this.id = id;
    this.#port = port;
    this.#activeAt = port.clock.nowMicros();
  }

  get isOver(): boolean {
    return this.#isOver || this.#isClosing;
  }
  get socket(): Socket | undefined {
    return this.#socket;
  }

  /** One recv(2) returned; the bytes are on loan. Returns false when no more should be read for now. */
  onRead(bytes: Uint8Array): boolean {
    if (this.#isClosing || this.#isOver) return true; // closed by the browser: nobody reads any more
    const at = this.#port.clock.nowMicros();
    this.#activeAt = at;
    this.#sends?.report(); // travels in the same message, ahead of the answer
    for (let offset = 0; offset < bytes.length; offset += DATA_COST_MAX) {
      const part = bytes.subarray(offset, offset + DATA_COST_MAX);
      this.outbound.push(FrameType.DATA, encodeReceived(at, part, this.#port.pool), part.length);
    }
    this.#port.wake(this);
    this.#isPaused = this.outbound.weight >= QUEUE_BYTES;
    return !this.#isPaused;
  }

  /** Takes over a socket that is connecting or connected; its reads come through `onRead`. */
  attach(socket: Socket): void {
    this.#abandon = undefined;
    this.#socket = socket;
    socket.on('error', (error) => this.fail(failureFrom(error, this.#connecting ? 'connect' : 'recv')));
    socket.on('end', () => this.#onEnd());
    socket.on('close', () => this.#onClose());
    for (const early of this.#early ?? []) {
      if (early === 'FIN') this.#sendsOf(socket).shutdown();
      else this.#sendsOf(socket).send(early);
    }
    this.#early = undefined;
  }

  /** One of several addresses is tried; `tried` have failed. A stream that ends meanwhile calls `abandon`. */
  onAttempt(tried: readonly ConnectAttempt[], abandon: (() => void) | undefined): void {
    this.#tried = tried;
    this.#abandon = abandon;
  }
  /** connect(2) is called. */
  onConnecting(called: Microseconds, remote: Endpoint): void {
    this.#connecting = { called, remote };
  }
  /** connect(2) or accept(2) returned. `proxied`: the ends of the connection to the lab server, where that is another. */
  announce(opened: Opened, remote: Endpoint, transport: 'tcp' | 'unix' = 'tcp', proxied?: Ends): void {
    if (transport === 'tcp') this.ends = { local: opened.local, remote };
    const seen = proxied ?? { local: opened.local, remote };
    const server = this.#port.tap.serverAt(transport, seen.remote);
    const lab = server ? { lab: server.name } : {};
    const at = server && !proxied ? this.#connectedAt(opened, transport, remote) : opened.at;
    this.#port.send(FrameType.OPENED, this.id, encodeMessage({ ...opened, ...lab, at, ...this.#triedBefore() }));
    this.#tried = [];
    this.#connecting = undefined;
    if (server) this.#observe(transport, seen, opened.called);
  }
  /** The other end's accept() cannot return before our connect() has; of ours this process may hear after it. */
  #connectedAt({ at, called, local }: Opened, transport: 'tcp' | 'unix', remote: Endpoint): Microseconds {
    const accepted = this.#port.tap.connection(transport, local, remote).acceptedAt;
    return accepted === undefined || accepted < called ? at : Math.min(at, accepted);
  }
  /** The n of our own next recv(n). */
  get receiveSize(): ByteCount {
    return this.#receiveSize;
  }
  /** How a recv(n) that waits for bytes gets another n. */
  onResized(resize: (socket: Socket) => void): void {
    this.#resize = resize;
  }
  /** A proxy stands before the target. Tell `onProxyClosed` when nothing is left of it. */
  setProxy(proxy: StreamProxy): void {
    this.#proxy = proxy;
  }
  onProxyClosed(): void {
    this.#proxy = undefined;
    this.#port.onLingered(this);
  }
  /** What of the options is this stream's business and not the kernel's. @throws {PlaygroundError} UNSUPPORTED */
  onOptions({ receiveSize, lingerZero, trouble }: SocketOptions): void {
    if (trouble && this.#socket) {
      if (!this.#proxy) throw new PlaygroundError('UNSUPPORTED', 'no proxy stands before this socket');
      this.#proxy.setTrouble(trouble);
    }
    if (lingerZero !== undefined) this.#lingersNot = lingerZero;
    if (receiveSize === undefined) return;
    this.#receiveSize = Math.min(receiveSize, DATA_COST_MAX);
    if (this.#socket) this.#resize?.(this.#socket);
  }
  /** The n of the other program's recv(n), where it is one of ours. */
  setPeerReceiveSize(size: ByteCount | undefined): void {
    this.#peer?.setReceiveSize(size);
  }

  receive(frame: Frame): void {
    switch (frame.type) {
      case FrameType.DATA:
        if (this.#isShut) throw new PlaygroundError('STREAM_INVALID', `DATA after FIN on stream ${this.id}`);
        this.#window.receive(frameCost(frame.payload.length));
        this.#receiveData(frame.payload);
        break;
      case FrameType.CREDIT:
        this.outbound.credit.grant(decodeU32(frame.payload));
        this.#port.wake(this);
        break;
      case FrameType.FIN:
        this.#isShut = true;
        if (this.#socket) this.#sendsOf(this.#socket).shutdown();
        else this.#keepEarly('FIN');
        break;
      case FrameType.CLOSE:
        this.#close();
        break;
      case FrameType.RST:
        this.#reset();
        break;
      case FrameType.CALL:
        answerCall(this.#port, this, frame.payload);
        break;
      default:
        throw new PlaygroundError('FRAME_INVALID', `type ${frame.type} on a connection`);
    }
  }

  onDrain(): void {
    if (this.#isPaused && this.outbound.weight < QUEUE_BYTES) {
      this.#isPaused = false;
      this.#socket?.resume();
    }
    this.#peer?.onDrain();
  }

  /** The socket ended badly, or could not be had: the last thing the browser hears of it. */
  fail({ code, text, call }: Failure): void {
    if (this.#isOver) return;
    const told = { ...failureOf(this.#tried, code, text), call };
    const at = this.#port.clock.nowMicros();
    this.#finish(FrameType.RST, encodeReset(at, told, { ...this.#connecting, ...this.#triedBefore() }));
  }

  destroy(): void {
    this.#isOver = true;
    this.#sends?.end();
    if (this.#socket) abort(this.#socket);
    this.#abandon?.();
    this.endLingering();
    this.outbound.clear();
  }
  #triedBefore(): { tried?: ConnectAttempt[] } {
    return this.#tried.length === 0 ? {} : { tried: [...this.#tried] };
  }

  /** The other program may go on for a while after our socket has closed, and so may the proxy: its calls are still to be told. */
  get isLingering(): boolean {
    return this.#proxy !== undefined || (this.#peer?.isObserved ?? false);
  }
  endLingering(): void {
    this.#peer?.abort();
    this.#proxy?.close();
  }

  sweep(now: Microseconds): void {
    const { idleTimeout, writeTimeout } = this.#port.limits;
    const activeAt = Math.max(this.#activeAt, this.#sends?.returnedAt ?? 0);
    if ((this.#sends?.stuckFor(now) ?? 0) > writeTimeout * 1_000) this.#expire('WRITE_TIMEOUT');
    else if (now - activeAt > idleTimeout * 1_000) this.#expire('IDLE_TIMEOUT');
  }

  kernelState(): ReturnType<GatewayStream['kernelState']> {
    return this.#socket && !this.#socket.connecting ? this.#port.kernel.stateOf(this.#socket) : undefined;
  }

  #receiveData(bytes: Uint8Array): void {
    if (this.#isOver || this.#isClosing) return;
    if (this.#socket) this.#sendsOf(this.#socket).send(bytes);
    else this.#keepEarly(keep(bytes));
  }
  #keepEarly(what: Uint8Array | 'FIN'): void {
    this.#early ??= [];
    this.#early.push(what);
  }

  #sendsOf(socket: Socket): Sends {
    this.#sends ??= new Sends(this.id, socket, this.#window, this.#port);
    return this.#sends;
  }

  #observe(transport: 'tcp' | 'unix', ends: Ends, called: Microseconds): void {
    this.#peer = new PeerProgram(this.id, this.#port, () => this.#port.onLingered(this));
    this.#peer.observe(transport, ends, called);
  }

  #onEnd(): void {
    if (this.#isOver || this.#isClosing) return;
    this.outbound.push(FrameType.FIN, encodeTime(this.#port.clock.nowMicros()), 0);
    this.#port.wake(this);
  }

  #onClose(): void {
    if (this.#isOver) return;
    this.#finish(FrameType.CLOSED, encodeTime(this.#port.clock.nowMicros()));
  }

  /**
   * close(2): what was sent goes out first, and what the peer still sends is answered by a reset. With SO_LINGER {on, 0}
   * there is no FIN but a reset at once: Node would shut down first.
   */
  #close(): void {
    if (this.#isOver || this.#isClosing) return;
    this.#isClosing = true;
    this.outbound.clear();
    this.#sends?.flush();
    if (this.#socket && this.#lingersNot) abort(this.#socket);
    else if (this.#socket) this.#socket.destroySoon();
    else this.#leave();
  }

  #reset(): void {
    if (this.#isOver) return;
    this.#isClosing = true;
    this.outbound.clear();
    if (this.#socket && !this.#socket.destroyed) abort(this.#socket);
    else this.#leave();
  }
  /** There is no socket, or none any more. */
  #leave(): void {
    this.#abandon?.();
    this.#onClose();
  }

  #expire(code: 'IDLE_TIMEOUT' | 'WRITE_TIMEOUT'): void {
    const call = code === 'WRITE_TIMEOUT' ? 'send' : 'recv';
    this.fail({ code, text: 'closed by the gateway', call });
    if (this.#socket) abort(this.#socket);
  }

  #finish(type: FrameType, payload: Uint8Array): void {
    this.#sends?.report();
    this.#sends?.end();
    this.#isOver = true;
    this.#peer?.hurry(); // its last calls are told still, without waiting
    this.outbound.push(type, payload, 0);
    this.#port.wake(this);
  }
}
