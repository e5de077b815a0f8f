import type { Endpoint } from '../../protocol/messages/fields.ts';
import { codeOf } from '../../protocol/messages/socket.ts';
import type { Port } from '../../protocol/units.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';
import type { ClientStream, StreamHandler } from '../stream.ts';
import { promiseWithResolvers } from './gateway-socket.ts';
import { ReceiveQueue } from './receive-queue.ts';

export type GatewayDatagram = { readonly bytes: Uint8Array; readonly host: string; readonly port: Port };

/** A datagram socket of the gateway's machine. */
export class GatewayDatagrams {
  readonly local: Endpoint;
  readonly readable: ReadableStream<GatewayDatagram>;
  readonly writable: WritableStream<GatewayDatagram>;
  readonly #stream: ClientStream;

  private constructor(
    local: Endpoint,
    stream: ClientStream,
    trace: SocketTrace,
    received: ReceiveQueue<GatewayDatagram>,
  ) {
    this.local = local;
    this.#stream = stream;
    this.readable = received.readable;
    this.writable = new WritableStream<GatewayDatagram>({
      write: ({ bytes, host, port }) => {
        stream.sendTo(host, port, bytes);
        trace.onQueued(bytes);
      },
      close: () => stream.close(),
    });
  }
  /** @internal */
  static async open(trace: SocketTrace, open: (handler: StreamHandler) => ClientStream): Promise<GatewayDatagrams> {
    const opening = promiseWithResolvers<void>();
    const received = new ReceiveQueue<GatewayDatagram>(() => undefined);
    const stream = open({
      onOpened: (opened) => {
        trace.onOpened(opened);
        opening.resolve();
      },
      onSent: (records) => trace.onSent(records),
      onEvent: (event) => trace.onEvent(event),
      onDatagram: (datagram) => {
        trace.onDatagram(datagram);
        const { host, port, bytes } = datagram;
        received.push({ host, port, bytes: bytes.slice() });
      },
      onPending: (pending) => trace.onPending(pending),
      onClosed: (at) => {
        trace.onClosed(at, 'close');
        received.end();
      },
      onReset: (reset) => {
        trace.onReset(reset);
        const error = Object.assign(new Error(`${codeOf(reset)}: ${reset.text}`), { code: codeOf(reset) });
        opening.reject(error);
        received.fail(error);
      },
    });
    await opening.promise;
    return new GatewayDatagrams(trace.local ?? { host: '', port: 0 }, stream, trace, received);
  }

  async close(): Promise<void> {
    this.#stream.close();
  }
}
