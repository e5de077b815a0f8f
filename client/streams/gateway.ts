import { PlaygroundError } from '../../protocol/errors.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import type { Port } from '../../protocol/units.ts';
import type { Recording } from '../../trace/export/recording.ts';
import { recordedSocket, recordingFrom } from '../../trace/recorded.ts';
import { SocketTrace } from '../../trace/socket-trace.ts';
import { TimeLine } from '../../trace/time-line.ts';
import { GatewayClient } from '../gateway-client.ts';
import { GatewayDatagrams } from './gateway-datagrams.ts';
import { GatewayListener } from './gateway-listener.ts';
import { GatewaySocket } from './gateway-socket.ts';
import { createWebSocketDial, hostClock } from './web-socket-dial.ts';

export type GatewayOptions = {
  readonly token?: string;
  /** What Node's WebSocket says it comes from: the gateway's own origin unless it is another that it lets in. */
  readonly origin?: string;
  /** Gives up, and leaves. */
  readonly signal?: AbortSignal;
};
export type ListenOptions = { readonly host?: string; readonly port?: Port; readonly backlog?: number };
export type BindOptions = { readonly host?: string; readonly port?: Port };

/** Our own recv(n). */
const RECEIVE_BYTES = 65_536;

/** One session: real sockets on the gateway's machine, as web streams. It survives cuts of its WebSocket. */
export class Gateway implements AsyncDisposable {
  readonly #client: GatewayClient;
  readonly #line: TimeLine;
  readonly #traces: SocketTrace[] = [];

  /** @internal */
  constructor(client: GatewayClient, line: TimeLine) {
    this.#client = client;
    this.#line = line;
  }

  /** A TCP connection, which may be written to at once: `opened` tells how it went. */
  connect(to: Endpoint, options?: SocketOptions): GatewaySocket {
    const trace = this.#trace('tcp', to);
    return GatewaySocket.open(trace, (handler) =>
      this.#client.open({ kind: 'tcp', ...to, ...(options && { options }) }, handler),
    );
  }
  /** A listening socket on the gateway's machine. @throws {PlaygroundError} why it could not */
  async listen({ host = '127.0.0.1', port = 0, backlog = 128 }: ListenOptions = {}): Promise<GatewayListener> {
    const trace = this.#trace('listen', { host, port });
    return await GatewayListener.open(
      trace,
      (handler) => this.#client.open({ kind: 'listen', host, port, backlog }, handler),
      (remote) => this.#trace('accepted', remote),
    );
  }
  /** A datagram socket on the gateway's machine. @throws {PlaygroundError} why it could not */
  async bind({ host = '127.0.0.1', port = 0 }: BindOptions = {}): Promise<GatewayDatagrams> {
    const trace = this.#trace('udp', { host, port });
    return await GatewayDatagrams.open(trace, (handler) => this.#client.open({ kind: 'udp', host, port }, handler));
  }
  /** All sockets of the session as they stand, on the gateway's clock. */
  recording(): Recording {
    return recordingFrom(this.#traces.map(recordedSocket));
  }
  /** Leaves: the gateway resets the sockets that are still open. */
  async close(): Promise<void> {
    this.#client.leave();
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #trace(kind: 'tcp' | 'listen' | 'accepted' | 'udp', target: Endpoint): SocketTrace {
    const id = this.#traces.length + 1;
    const trace = new SocketTrace({
      id,
      ordinal: id,
      kind,
      target,
      receiveSize: RECEIVE_BYTES,
      source: 'live',
      line: this.#line,
    });
    this.#traces.push(trace);
    return trace;
  }
}

/**
 * Comes in. `url`: where the page is, `http://127.0.0.1:8080/`.
 * @throws {PlaygroundError} why it was refused; {DOMException} the signal's reason
 */
export async function connectGateway(url: string | URL, options: GatewayOptions = {}): Promise<Gateway> {
  const { token, signal } = options;
  const page = new URL(url);
  const address = new URL('gateway', page);
  address.protocol = address.protocol === 'https:' || address.protocol === 'wss:' ? 'wss:' : 'ws:';
  address.hash = '';
  const origin = options.origin ?? page.origin.replace(/^ws/, 'http');
  const line = new TimeLine();
  signal?.throwIfAborted();
  if (typeof WebSocket === 'undefined') {
    throw new PlaygroundError('UNSUPPORTED', 'needs a WebSocket: that of a browser, or of Node 22 and newer');
  }
  return await new Promise((resolve, reject) => {
    const client = new GatewayClient({
      dial: createWebSocketDial(address.href, origin),
      clock: hostClock,
      random: Math.random,
      schedule: queueMicrotask,
      ...(token === undefined ? {} : { token }),
      onTime: (now, epoch) => line.read(now, epoch),
      onWelcome: () => resolve(new Gateway(client, line)),
      onPhase: (phase, error) => {
        const isHopeless = phase === 'refused' || phase === 'offline';
        if (!isHopeless) return;
        reject(error ?? new PlaygroundError('INTERNAL', `no gateway answers at ${address.href}`));
        if (phase === 'refused') client.leave();
      },
      onLatency: () => undefined,
      onStats: () => undefined,
    });
    signal?.addEventListener('abort', () => {
      client.leave();
      reject(signal.reason);
    });
    client.start();
  });
}
