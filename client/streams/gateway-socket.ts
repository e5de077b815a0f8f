import { PlaygroundError } from '../../protocol/errors.ts';
import { codeOf } from '../../protocol/messages/socket.ts';
import type { ByteCount, Port } from '../../protocol/units.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';
import type { ClientStream, StreamHandler } from '../stream.ts';
import { ReceiveQueue } from './receive-queue.ts';

export type SocketInfo = {
  readonly remoteAddress: string;
  readonly remotePort: Port;
  readonly localAddress: string;
  readonly localPort: Port;
};
/** More than this is not taken from a writer before some has left. */
const QUEUED_BYTES_MAX: ByteCount = 262_144;
type OpenStream = (handler: StreamHandler) => ClientStream;

/** A TCP connection of the gateway's machine, in the shape of WinterTC's and of Direct Sockets: `opened`, `closed`, two streams. */
export class GatewaySocket {
  /** Rejects with why it could not be opened. */
  readonly opened: Promise<SocketInfo>;
  /** When both ends have closed; rejects with what ended it otherwise. */
  readonly closed: Promise<void>;
  /** Ends with the other end's FIN. What is not read yet is held at the gateway, and then by TCP itself. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Its `close` is a FIN, behind all that was written; its `abort` a RST. */
  readonly writable: WritableStream<Uint8Array>;
  readonly #trace: SocketTrace;
  readonly #stream: ClientStream;
  readonly #opening = promiseWithResolvers<SocketInfo>();
  readonly #closing = promiseWithResolvers<void>();
  readonly #received: ReceiveQueue<Uint8Array>;
  #writer: WritableStreamDefaultController | undefined;
  #progress: (() => void) | undefined;
  #isReset = false;

  private constructor(trace: SocketTrace, open: (handler: StreamHandler) => ClientStream) {
    this.#trace = trace;
    this.opened = this.#opening.promise;
    this.closed = this.#closing.promise;
    // Nobody has to look at both.
    this.opened.catch(() => undefined);
    this.closed.catch(() => undefined);
    this.#received = new ReceiveQueue((bytes) => this.#stream.consume(bytes.length));
    this.readable = this.#received.readable;
    this.#stream = open(this.#handler());
    this.writable = this.#writableStream();
  }
  /** @internal */
  static open(trace: SocketTrace, open: OpenStream): GatewaySocket {
    return new GatewaySocket(trace, open);
  }
  /** Of a connection that a listener has accepted. @internal */
  static accepted(
    trace: SocketTrace,
    stream: ClientStream,
  ): { readonly socket: GatewaySocket; readonly handler: StreamHandler } {
    let handler: StreamHandler = {};
    const socket = new GatewaySocket(trace, (given) => {
      handler = given;
      return stream;
    });
    socket.#tellOpened();
    return { socket, handler };
  }

  /** close(2), behind all that was written. */
  async close(): Promise<void> {
    this.#stream.close();
    await this.closed;
  }
  /** A RST at once: what was written and has not left is dropped. */
  reset(): void {
    this.#isReset = true;
    this.#stream.reset();
  }

  #handler(): StreamHandler {
    const trace = this.#trace;
    return {
      onOpened: (opened) => {
        trace.onOpened(opened);
        this.#tellOpened();
      },
      onData: (at, bytes) => {
        trace.onData(at, bytes);
        this.#received.push(bytes.slice());
      },
      onSent: (records) => trace.onSent(records),
      onEvent: (event) => trace.onEvent(event),
      onFin: (at) => {
        trace.onFin(at);
        this.#received.end();
      },
      onClosed: (at) => {
        trace.onClosed(at, this.#isReset ? 'reset' : 'close');
        this.#received.end();
        this.#end(new PlaygroundError('SOCKET_CLOSED', 'the socket is closed'));
        this.#closing.resolve();
      },
      onReset: (reset) => {
        trace.onReset(reset);
        const error = Object.assign(new Error(`${codeOf(reset)}: ${reset.text}`), { code: codeOf(reset) });
        this.#received.fail(error);
        this.#end(error);
        this.#closing.reject(error);
      },
      onProgress: () => this.#progress?.(),
    };
  }
  #tellOpened(): void {
    const { local, remote } = this.#trace;
    this.#opening.resolve({
      remoteAddress: remote?.host ?? '',
      remotePort: remote?.port ?? 0,
      localAddress: local?.host ?? '',
      localPort: local?.port ?? 0,
    });
  }
  #end(error: Error): void {
    this.#opening.reject(error);
    this.#writer?.error(error);
    this.#progress?.();
  }
  #writableStream(): WritableStream<Uint8Array> {
    return new WritableStream<Uint8Array>({
      start: (controller) => {
        this.#writer = controller;
      },
      write: async (bytes) => {
        this.#stream.send(bytes);
        this.#trace.onQueued(bytes);
        while (this.#stream.queuedBytes > QUEUED_BYTES_MAX && !this.#stream.isOver) {
          await new Promise<void>((resolve) => {
            this.#progress = resolve;
          });
        }
      },
      close: () => this.#stream.shutdown(),
      abort: () => this.reset(),
    });
  }
}

/** As Promise.withResolvers, which Node 20 lacks. */
export function promiseWithResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
