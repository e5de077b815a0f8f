import type { Socket } from 'node:net';
import { DATA_COST_MAX, dataCost, ReceiveWindow } from '../../../../protocol/credit.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../../protocol/frame.ts';
import type { CallOutcome } from '../../../../protocol/messages/calls.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { Opened } from '../../../../protocol/messages/socket.ts';
import { decodeU32, encodeReceived, encodeTime } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import { abort, closeSocket } from '../../../shared/reset.ts';
import type { Environment, Kernel } from '../environment.ts';
import type { GatewayStream } from '../gateway-stream.ts';
import { Outbound } from '../outbound.ts';
import { type Ends, PeerProgram } from '../peer-program.ts';
import { answerCall } from '../socket-calls.ts';
import { type Failure, failureFrom, type StreamEnd } from '../stream-end.ts';
import type { StreamHost } from '../stream-host.ts';
import { ConnectProgress } from './connect-progress.ts';
import { type CalledConnection, CONNECTION_CALLS } from './connection-calls.ts';
import { ConnectionSettings } from './connection-settings.ts';
import { type SocketReader, SocketReads } from './socket-reads.ts';
import { SocketWriter } from './socket-writer.ts';

/** A connection, dialled or accepted, joined to its stream. */
export class TcpStream implements GatewayStream, CalledConnection {
  readonly id: number;
  readonly kind = 'tcp';
  readonly outbound = new Outbound();
  /** Until connect(2) has returned. */
  readonly progress = new ConnectProgress();
  readonly settings = new ConnectionSettings();
  readonly #reads: SocketReads;
  ends: GatewayStream['ends'];
  peerEnds: GatewayStream['peerEnds'];
  readonly #environment: Environment;
  readonly #host: StreamHost;
  readonly #window = new ReceiveWindow();
  #socket: Socket | undefined;
  /** Most streams never send, or are idle for long. */
  #writer: SocketWriter | undefined;
  #peer: PeerProgram | undefined;
  #isOver = false;
  #isClosing = false;
  /** FIN has come from the browser. */
  #isShut = false;
  #activeAt: Microseconds;

  constructor(id: number, environment: Environment, host: StreamHost) {
    this.id = id;
    this.#environment = environment;
    this.#host = host;
    this.#reads = new SocketReads(this.outbound, host);
    this.#activeAt = environment.clock.nowMicros();
  }

  get isOver(): boolean {
    return this.#isOver || this.#isClosing;
  }
  get socket(): Socket | undefined {
    return this.#socket;
  }
  get kernel(): Kernel {
    return this.#environment.kernel;
  }

  /** One recv(2) returned; the bytes are on loan. Returns false when no more should be read for now. */
  onRead(bytes: Uint8Array): boolean {
    if (this.#isClosing || this.#isOver) return true; // closed by the browser: the bytes go nowhere
    const at = this.#environment.clock.nowMicros();
    this.#activeAt = at;
    this.#writer?.report(); // travels in the same message, ahead of the answer
    for (let offset = 0; offset < bytes.length; offset += DATA_COST_MAX) {
      const part = bytes.subarray(offset, offset + DATA_COST_MAX);
      this.outbound.push(FrameType.DATA, encodeReceived(at, part, this.#host.tab.pool), part.length);
    }
    this.#host.wake(this);
    return this.#reads.onRead(bytes.length);
  }

  /** Takes over a socket that is connecting or connected; its reads come through `onRead`. */
  attach(socket: Socket, reader: SocketReader = socket): void {
    this.progress.onAttached();
    this.#socket = socket;
    this.#reads.attach(socket, reader);
    socket.on('error', (error) => this.fail(failureFrom(error, this.progress.isUnderWay ? 'connect' : 'recv')));
    socket.on('end', () => this.#onEnd());
    socket.on('close', () => this.#onClose());
    this.#writer?.attach(socket);
  }

  /** connect(2) or accept(2) returned. `proxied`: the ends of the connection to the lab server, where that is another. */
  announce(opened: Opened, remote: Endpoint, transport: 'tcp' | 'unix' = 'tcp', proxied?: Ends): void {
    if (transport === 'tcp') this.ends = { local: opened.local, remote };
    const seen = proxied ?? { local: opened.local, remote };
    if (transport === 'tcp') this.peerEnds = seen;
    const server = this.#environment.tap.serverAt(transport, seen.remote);
    const lab = server ? { lab: server.name } : {};
    const at = server && !proxied ? this.#connectedAt(opened, transport, remote) : opened.at;
    this.#host.opened(this.id, { ...opened, ...lab, at, ...this.progress.end() });
    if (server) this.#observe(transport, seen, opened.called);
  }
  /** The other end's accept() cannot return before our connect() has; of ours this process may be told after it. */
  #connectedAt({ at, called, local }: Opened, transport: 'tcp' | 'unix', remote: Endpoint): Microseconds {
    const accepted = this.#environment.tap.connection(transport, local, remote).acceptedAt;
    return accepted === undefined || accepted < called ? at : Math.min(at, accepted);
  }
  get receiveSize(): ByteCount {
    return this.settings.receiveSize;
  }
  /** @throws {PlaygroundError} UNSUPPORTED */
  onOptions(options: SocketOptions): void {
    this.settings.apply(options, this.#socket);
    if (options.readByHand !== undefined) this.#reads.setByHand(options.readByHand);
  }
  recv(size: ByteCount): Promise<CallOutcome> {
    if (this.#reads.isByHand && !this.settings.resizeReads(size, this.#socket)) {
      throw new PlaygroundError('UNSUPPORTED', 'too many recv of another n');
    }
    return this.#reads.recv(size);
  }
  /** Nothing is left of the proxy that stood before the target. */
  onProxyClosed(): void {
    this.settings.proxy = undefined;
    this.#host.onLingered(this);
  }
  /** The n of the other program's recv(n), where it is one of ours. */
  setPeerReceiveSize(size: ByteCount | undefined): void {
    this.#peer?.setReceiveSize(size);
  }

  receive(frame: Frame): void {
    switch (frame.type) {
      case FrameType.DATA:
        if (this.#isShut) throw new PlaygroundError('STREAM_INVALID', `DATA after FIN on stream ${this.id}`);
        this.#window.receive(dataCost(frame.payload.length));
        if (!this.#isOver && !this.#isClosing) this.#writerOf().send(frame.payload);
        break;
      case FrameType.CREDIT:
        this.outbound.credit.grant(decodeU32(frame.payload));
        this.#host.wake(this);
        break;
      case FrameType.FIN:
        this.#isShut = true;
        this.#writerOf().shutdown();
        break;
      case FrameType.CLOSE:
        this.#close();
        break;
      case FrameType.RST:
        this.#reset();
        break;
      case FrameType.CALL:
        answerCall(this.#host, this.id, frame.payload, CONNECTION_CALLS, this, 'on a connection');
        break;
      default:
        throw new PlaygroundError('FRAME_INVALID', `type ${frame.type} on a connection`);
    }
  }

  onDrain(): void {
    this.#reads.onDrain();
    this.#peer?.onDrain();
  }

  /** The socket ended badly, or there was none: the stream ends with RST. */
  fail(failure: Failure): void {
    if (this.#isOver) return;
    this.#end({ at: this.#environment.clock.nowMicros(), ...this.progress.failure(failure) });
  }

  destroy(): void {
    this.#isOver = true;
    this.#writer?.end();
    this.#reads.end();
    if (this.#socket) abort(this.#socket);
    this.progress.abandon();
    this.endLingering();
    this.outbound.clear();
  }

  /** The other program may go on for a while after our socket has closed, and so may the proxy: its calls are still told. */
  get isLingering(): boolean {
    return this.settings.proxy !== undefined || (this.#peer?.isObserved ?? false);
  }
  endLingering(): void {
    this.#peer?.abort();
    this.settings.proxy?.close();
  }

  sweep(now: Microseconds): void {
    const { idleTimeout, writeTimeout } = this.#environment.limits;
    const activeAt = Math.max(this.#activeAt, this.#writer?.returnedAt ?? 0);
    if ((this.#writer?.stuckFor(now) ?? 0) > writeTimeout * 1_000) this.#expire('WRITE_TIMEOUT');
    else if (now - activeAt > idleTimeout * 1_000) this.#expire('IDLE_TIMEOUT');
  }

  kernelState(): ReturnType<GatewayStream['kernelState']> {
    const state = this.#socket && this.kernel.stateOf(this.#socket);
    // Before connect(2) is called the kernel says CLOSED; then SYN-SENT, with each SYN that it has sent again.
    return this.#socket?.connecting && state?.state !== 'SYN-SENT' ? undefined : state;
  }

  #writerOf(): SocketWriter {
    if (this.#writer) return this.#writer;
    this.#writer = new SocketWriter(this.id, this.#window, this.#environment.clock, this.#host);
    if (this.#socket) this.#writer.attach(this.#socket);
    return this.#writer;
  }

  #observe(transport: 'tcp' | 'unix', ends: Ends, called: Microseconds): void {
    const { tap } = this.#environment;
    this.#peer = new PeerProgram(this.id, tap, this.#host, () => this.#host.onLingered(this));
    this.#peer.observe(transport, ends, called);
  }

  #onEnd(): void {
    if (this.#isOver || this.#isClosing) return;
    this.#writer?.report(); // our own FIN, which this one may answer, is told first
    this.outbound.push(FrameType.FIN, encodeTime(this.#environment.clock.nowMicros()), 0);
    this.#host.wake(this);
    this.#reads.onEof();
  }

  #onClose(): void {
    if (!this.#isOver) this.#end({ at: this.#environment.clock.nowMicros() });
  }

  /**
   * close(2): what was sent goes out first, and what the peer still sends is answered by a reset. With SO_LINGER {on, 0}
   * there is no FIN but a reset at once: Node would shut down first. In SYN-SENT the attempt is given up (RFC 9293 §3.10.4):
   * Node would wait for a connection to shut down.
   */
  #close(): void {
    if (this.#isOver || this.#isClosing) return;
    this.#isClosing = true;
    this.outbound.clear();
    this.#writer?.flush();
    const isUnanswered = this.#socket?.connecting === true && this.#socket.writableLength === 0;
    if (this.#socket && (this.settings.lingerZero || isUnanswered)) abort(this.#socket);
    else if (this.#socket) closeSocket(this.#socket);
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
    this.progress.abandon();
    this.#onClose();
  }

  #expire(code: 'IDLE_TIMEOUT' | 'WRITE_TIMEOUT'): void {
    const call = code === 'WRITE_TIMEOUT' ? 'send' : 'recv';
    this.fail({ code, text: 'closed by the gateway', call });
    if (this.#socket) abort(this.#socket);
  }

  #end(end: StreamEnd): void {
    this.#writer?.report();
    this.#writer?.end();
    this.#reads.end();
    this.#isOver = true;
    this.#peer?.hurry(); // its last calls are still told, without waiting
    this.#host.ended(this, end);
  }
}
