import type { ClientStream, StreamHandler } from '../../client/stream.ts';
import { PlaygroundError } from '../../protocol/errors.ts';
import type { CallResult } from '../../protocol/messages/calls.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import { codeOf, type Pending } from '../../protocol/messages/socket.ts';
import type { ByteCount } from '../../protocol/units.ts';
import type { SocketIdentity } from '../../trace/socket/socket-facts.ts';
import { type OnSocketChange, SocketTrace } from '../../trace/socket-trace.ts';

/** SO_LINGER {on, 0} makes close(2) a reset. */
export type LiveIdentity = SocketIdentity & { readonly lingerZero?: boolean; readonly isReadByHand?: boolean };

/** What a socket is made to do by itself: a script, answers, a relay. Its code comes with the page's panel that starts it. */
export type Driver = {
  readonly stop: () => void;
  /** How many wait in the listener's queue was told anew. */
  readonly onPending?: () => void;
  /** A connection that the listener's accept() returned, before any of its bytes. How many wait is told behind it. */
  readonly onAccepted?: (accepted: LiveSocket) => void;
  /** It says when these bytes have been read: until then the gateway sends no more than it has credit for. */
  readonly onData?: (bytes: Uint8Array, consume: () => void) => void;
};

/** The socket, if calls can be made on it: not of one that was recorded. */
export function liveOf(socket: SocketTrace | undefined): LiveSocket | undefined {
  return socket instanceof LiveSocket ? socket : undefined;
}

/** A socket of this session: its trace, and the calls that can be made on it. They do nothing once it is over. */
export class LiveSocket extends SocketTrace {
  #stream: ClientStream | undefined;
  #lingerZero: boolean;
  #isReset = false;
  #isShut = false;
  /** close or reset has been called. */
  #isClosing = false;
  #isReadByHand: boolean;
  #isRecvWaiting = false;
  #isAtEof = false;
  #driver: Driver | undefined;

  constructor({ lingerZero = false, isReadByHand = false, ...identity }: LiveIdentity, onChange?: OnSocketChange) {
    super({ source: 'live', ...identity }, onChange);
    this.#lingerZero = lingerZero;
    this.#isReadByHand = isReadByHand;
  }

  override get streamId(): number | undefined {
    return this.#stream?.id;
  }
  override get isOpen(): boolean {
    return !this.isOver && this.#stream !== undefined;
  }
  override get canSend(): boolean {
    return !this.isOver && this.kind !== 'listen' && this.#stream?.canSend === true;
  }
  override get canHalfClose(): boolean {
    return this.canSend && this.kind !== 'udp' && this.isOpened;
  }

  /** One send(2); of a datagram socket a sendto(2) its target. @throws {PlaygroundError} SOCKET_CLOSED, DATAGRAM_TOO_LONG, DATAGRAM_LIMIT */
  send(bytes: Uint8Array): void {
    const stream = this.#writable();
    if (this.kind === 'udp') stream.sendTo(this.target.host, this.target.port, bytes);
    else stream.send(bytes);
    this.onQueued(bytes);
  }
  /** setsockopt(2) on the open socket; our own and the lab server's recv(n), and the proxy's trouble, on this connection. */
  async setOptions(options: SocketOptions): Promise<CallResult> {
    const result = await this.#live().call({ call: 'setsockopt', options });
    this.onOptions(result.at, options, result.code === undefined ? undefined : codeOf(result));
    if (result.code !== undefined) return result;
    this.#lingerZero = options.lingerZero ?? this.#lingerZero;
    this.#isReadByHand = options.readByHand ?? this.#isReadByHand;
    this.changed();
    return result;
  }
  /** Nothing is read but what `recv` asks for; of a listener: on the connections that it accepts. */
  get isReadByHand(): boolean {
    return this.#isReadByHand;
  }
  /** The other end's FIN has been read, behind all its bytes. */
  get isAtEof(): boolean {
    return this.#isAtEof;
  }
  /** A recv(n) by hand has not returned yet. */
  get isRecvWaiting(): boolean {
    return this.#isRecvWaiting && !this.isOver;
  }
  /** One recv(n) of a socket that is read by hand. It returns when there are bytes, or EOF, which each later one returns again. */
  async recv(size: ByteCount): Promise<CallResult> {
    const stream = this.#live();
    const wasAtEof = this.#isAtEof;
    this.#isRecvWaiting = true;
    this.onRecvCalled(size);
    const result = await stream.call({ call: 'recv', size });
    this.#isRecvWaiting = false;
    if (result.count === 0 && wasAtEof) this.onEofAgain(result.at);
    this.changed();
    return result;
  }
  /** getsockopt(2): the kernel's own values. */
  async getOptions(): Promise<CallResult> {
    return this.#live().call({ call: 'getsockopt' });
  }
  /** A FIN behind all that was sent. */
  shutdown(): void {
    this.#isShut = true;
    this.#stream?.shutdown();
    this.changed();
  }
  /** Behind all that was sent; with SO_LINGER {on, 0} a reset. */
  close(): void {
    this.#isClosing = true;
    this.#isReset = this.#lingerZero && this.kind !== 'udp';
    this.#stream?.close();
    this.changed();
  }
  /** A RST at once: what is queued is dropped. */
  reset(): void {
    this.#isClosing = true;
    this.#isReset = true;
    this.#stream?.reset();
    this.changed();
  }
  /** Takes the next connection out of a listener's queue. */
  accept(): void {
    this.#stream?.accept();
  }

  /** What it is made to do by itself, or was last. */
  get driver(): Driver | undefined {
    return this.#driver;
  }
  /** In place of what went on until now. */
  drive(begin: () => Driver): void {
    this.#driver?.stop();
    this.#driver = begin();
    this.changed();
  }
  override onPending(pending: Pending): void {
    super.onPending(pending);
    this.#driver?.onPending?.();
  }

  attach(stream: ClientStream): void {
    this.#stream = stream;
  }
  /** What the stream is to call. */
  handler(onAccepted?: StreamHandler['onAccepted']): StreamHandler {
    return {
      onOpened: (opened) => this.onOpened(opened),
      onData: (at, bytes) => {
        const consume = () => this.#stream?.consume(bytes.length);
        if (!this.#driver?.onData) consume();
        this.onData(at, bytes);
        this.#driver?.onData?.(bytes, consume);
      },
      onSent: (records) => this.onSent(records),
      onEvent: (event) => this.onEvent(event),
      onFin: (at) => {
        this.#isAtEof = true;
        this.onFin(at);
      },
      onClosed: (at) => this.onClosed(at, this.#isReset ? 'reset' : 'close', this.#isClosing),
      onReset: (reset) => this.onReset(reset),
      onProgress: () => this.changed(),
      onDatagram: (datagram) => this.onDatagram(datagram),
      onPending: (pending) => this.onPending(pending),
      ...(onAccepted ? { onAccepted } : {}),
    };
  }

  protected override get isEnding(): boolean {
    return this.#isShut || this.#isClosing;
  }
  #live(): ClientStream {
    if (this.isOver || !this.#stream) throw new PlaygroundError('SOCKET_CLOSED', 'the socket has no options any more');
    return this.#stream;
  }
  #writable(): ClientStream {
    if (!this.canSend || !this.#stream) throw new PlaygroundError('SOCKET_CLOSED', 'the socket no longer sends');
    return this.#stream;
  }
}
