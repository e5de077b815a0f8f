import type { Endpoint } from '../../protocol/messages/fields.ts';
import { codeOf } from '../../protocol/messages/socket.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';
import type { ClientStream, StreamHandler } from '../stream.ts';
import { GatewaySocket, promiseWithResolvers } from './gateway-socket.ts';
import { ReceiveQueue } from './receive-queue.ts';

/** A listening socket of the gateway's machine. */
export class GatewayListener {
  readonly local: Endpoint;
  readonly #stream: ClientStream;
  readonly #accepted: ReceiveQueue<GatewaySocket>;

  private constructor(local: Endpoint, stream: ClientStream, accepted: ReceiveQueue<GatewaySocket>) {
    this.local = local;
    this.#stream = stream;
    this.#accepted = accepted;
  }
  /** @internal */
  static async open(
    trace: SocketTrace,
    open: (handler: StreamHandler) => ClientStream,
    traceOf: (remote: Endpoint) => SocketTrace,
  ): Promise<GatewayListener> {
    const opening = promiseWithResolvers<void>();
    // The next is accepted when one was taken: the others wait in the kernel's accept queue.
    const queue: ReceiveQueue<GatewaySocket> = new ReceiveQueue(() => stream.accept());
    const stream = open({
      onOpened: (opened) => {
        trace.onOpened(opened);
        opening.resolve();
      },
      onPending: (pending) => trace.onPending(pending),
      onAccepted: (accepted, { at, local, remote }) => {
        trace.onAccept(at, remote);
        const peer = traceOf(remote);
        peer.onAcceptedHere(at, local, remote);
        const { socket, handler } = GatewaySocket.accepted(peer, accepted);
        queue.push(socket);
        return handler;
      },
      onClosed: (at) => {
        trace.onClosed(at, 'close');
        queue.end();
      },
      onReset: (reset) => {
        trace.onReset(reset);
        const error = Object.assign(new Error(`${codeOf(reset)}: ${reset.text}`), { code: codeOf(reset) });
        opening.reject(error);
        queue.fail(error);
      },
    });
    await opening.promise;
    stream.accept();
    return new GatewayListener(trace.local ?? { host: '', port: 0 }, stream, queue);
  }

  /** Connections in their order; cancelling it does not close the listener. */
  get connections(): ReadableStream<GatewaySocket> {
    return this.#accepted.readable;
  }
  async close(): Promise<void> {
    this.#stream.close();
  }
}
