import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toSocketErrorCode } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { PeerEvent } from '../../protocol/payloads.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { AcceptQueue } from '../net/accept-queue.ts';
import { codeOfError, SystemError } from '../net/ffi/system-error.ts';
import { kernelState } from '../net/kernel-state.ts';
import { abort } from '../shared/reset.ts';
import { CALL_WORK } from '../shared/side-work.ts';
import { type TapProtocol, TappedConnection } from '../tap/tap.ts';
import { BlockingReader } from './blocking-reader.ts';
import type { LabContext } from './lab-context.ts';
import { peerEvent, type Told } from './peer-event.ts';

/** How often a program that sleeps looks whether its connection has been reset. */
const RESET_LOOK: Milliseconds = 250;

export type Taking = {
  readonly server: string;
  readonly protocol: TapProtocol;
  /** What the program did on its way to this accept. */
  readonly before: readonly PeerEvent[];
};

/**
 * One accepted connection as the program of a lab server sees it: blocking calls, as in the tutorial, each of which is
 * told to the Tap with the time at which it returned. While whoever looks on is behind, the program makes no call.
 * A call that fails throws an Error with the errno's name as `code`.
 */
export class LabConnection {
  readonly remote: Endpoint;
  readonly #server: string;
  readonly #context: LabContext;
  readonly #socket: Socket;
  readonly #reader: BlockingReader;
  readonly #tapped: TappedConnection;
  /** One send a turn of the event loop: a program that only sends would leave no turn to anybody else. */
  #hasSentThisTurn = false;

  private constructor(
    server: string,
    context: LabContext,
    connected: { socket: Socket; remote: Endpoint; reader: BlockingReader; tapped: TappedConnection },
  ) {
    this.#server = server;
    this.#context = context;
    this.remote = connected.remote;
    this.#socket = connected.socket;
    this.#reader = connected.reader;
    this.#tapped = connected.tapped;
  }

  /** accept(2), without waiting: undefined where nobody waits. */
  static takeFrom(
    queue: AcceptQueue,
    { server, protocol, before }: Taking,
    context: LabContext,
  ): LabConnection | undefined {
    let tapped: TappedConnection | undefined;
    const reader = new BlockingReader(() => tapped?.receiveSize);
    const accepted = queue.accept(reader);
    if (!accepted) return undefined;
    const at = context.clock.nowMicros();
    const { remote, local, socket } = accepted;
    reader.attach(accepted);
    // A Unix socket without a name cannot be told from others: nobody can look at it.
    tapped = remote.host === '' ? new TappedConnection(() => undefined) : context.tap.accepted(protocol, remote, local);
    tapped.onReceiveSize(() => reader.resized());
    for (const event of before) tapped.report(event);
    tapped.report(
      peerEvent(at, 'accept', { text: protocol === 'tcp' ? formatEndpoint(remote.host, remote.port) : remote.host }),
    );
    const connection = new LabConnection(server, context, { socket, remote, reader, tapped });
    tapped.onAbort(() => connection.reset());
    return connection;
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }
  /** A session looks on: it counts this connection, and ends it with itself. */
  get isObserved(): boolean {
    return this.#tapped.isObserved;
  }

  setNoDelay(): void {
    this.#socket.setNoDelay();
    this.#report('setsockopt', { text: 'TCP_NODELAY', argument: 1 });
  }

  /**
   * time.sleep: cut short, as a failure, where the socket is closed or reset meanwhile. Nothing is read while it sleeps, so
   * the kernel is asked; a FIN does not show whether the peer will still read.
   */
  async sleep(duration: Milliseconds): Promise<undefined> {
    if (duration === 0) return;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const onClose = () => reject(new SystemError('sleep', 'EBADF'));
    this.#socket.once('close', onClose);
    const timer = setTimeout(resolve, duration, undefined);
    const looking = setInterval(() => {
      if (kernelState(this.#socket)?.state === 'CLOSED') reject(new SystemError('sleep', 'ECONNRESET'));
    }, RESET_LOOK);
    await promise.finally(() => {
      clearTimeout(timer);
      clearInterval(looking);
      this.#socket.off('close', onClose);
    });
  }

  print(line: string): void {
    this.#context.print(this.#server, line);
    this.#report('print', { text: line });
  }

  /** recv(n): 1–n bytes, or none where the peer has sent FIN. The n is the learner's, where one has been chosen. */
  async recv(size: ByteCount): Promise<Buffer> {
    await this.#taken();
    try {
      const bytes = await this.#reader.recv(size);
      this.#report('recv', { argument: this.#reader.size(), count: bytes.length });
      return bytes;
    } catch (error) {
      this.#report('recv', { argument: this.#reader.size(), error: toSocketErrorCode(codeOfError(error)) });
      throw error;
    }
  }

  /** send(2) on a blocking socket: returns when the kernel has taken all the bytes. */
  async send(bytes: string | Uint8Array): Promise<void> {
    await this.#taken();
    if (this.#hasSentThisTurn) await nextTurn();
    this.#hasSentThisTurn = true;
    setImmediate(() => {
      this.#hasSentThisTurn = false;
    });
    const count = Buffer.byteLength(bytes);
    try {
      await this.#write(bytes, () => this.#report('send', { count }));
    } catch (error) {
      this.#report('send', { argument: count, error: toSocketErrorCode(codeOfError(error)) });
      throw error;
    }
  }

  #write(bytes: string | Uint8Array, onTaken: () => void): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || socket.writableEnded) return Promise.reject(new SystemError('send', 'EPIPE'));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let isTaken = false;
    socket.write(bytes, (error) => {
      if (error) return reject(error);
      if (!isTaken) onTaken();
      resolve();
    });
    // Node tells it a little later; the kernel has them now, and the answer to them must not be told before them.
    if (socket.writableLength === 0 && !socket.errored) {
      isTaken = true;
      onTaken();
    }
    return promise;
  }

  /** shutdown(SHUT_WR): FIN, and what the peer sends can still be received. */
  async shutdown(): Promise<void> {
    await this.#taken();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#socket.end((error?: Error | null) => (error ? reject(error) : resolve()));
    await promise;
    this.#report('shutdown', { text: 'SHUT_WR' });
  }

  /** close(2). Once only; later calls do nothing. */
  close(): void {
    if (this.#tapped.isClosed) return;
    this.#socket.destroy();
    this.#report('close');
    this.#tapped.close();
  }

  /** close(2) with SO_LINGER 0: RST. */
  reset(): void {
    if (this.#tapped.isClosed) return;
    abort(this.#socket);
    this.#report('reset');
    this.#tapped.close();
  }

  /** Before each call: whoever looks on has taken the last one, or it is the strangers' turn. */
  #taken(): Promise<void> | undefined {
    const { strangersWork } = this.#context;
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!this.#tapped.isObserved) {
      strangersWork.spend(CALL_WORK);
      if (strangersWork.mayGoOn) return undefined;
      strangersWork.whenMayGoOn(resolve);
    } else if (this.#tapped.takesMore) return undefined;
    else this.#tapped.whenTaken(resolve);
    return promise;
  }

  #report(call: PeerEvent['call'], told?: Told): void {
    // A call that the lab's own shutdown interrupted is not reported.
    if (this.#tapped.isClosed) return;
    this.#tapped.report(peerEvent(this.#context.clock.nowMicros(), call, told));
  }
}
