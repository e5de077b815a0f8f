import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../../../protocol/clock.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { ByteCount, Port } from '../../../protocol/units.ts';
import type { ToxicTools } from '../../../server/faults/toxic.ts';
import type { Recording } from '../../../trace/export/recording.ts';
import { RECORDED_BYTES_MAX, type SocketRecorder } from '../../../trace/recorder.ts';
import { createSeededRandom } from '../../seeded-random.ts';
import { recordingOf } from '../time-line.ts';
import { endpointOf } from './connect-tcp.ts';
import { type Faults, ProxiedConnection } from './proxied-connection.ts';

export type ProxyOptions = {
  readonly faults?: Faults;
  /** Faults that are left to chance are the same each time for the same seed: 1. */
  readonly seed?: number;
  readonly port?: Port;
  /** What is kept of each direction of each connection, for the recording; 0: nothing is recorded. */
  readonly recordedBytes?: ByteCount;
};

const clock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

/** A TCP proxy on loopback that records both legs of its connections, and treats them as badly as it is told to. */
export class TcpProxy implements AsyncDisposable {
  readonly host: string;
  readonly port: Port;
  readonly seed: number;
  /** Where connections to come are led. */
  target: Endpoint;
  /** What connections to come meet. */
  faults: Faults;
  readonly #server: Server;
  readonly #tools: ToxicTools;
  readonly #recordedBytes: ByteCount;
  readonly #connections = new Set<ProxiedConnection>();
  readonly #recorders: SocketRecorder[] = [];
  #isDown = false;
  #accepted = 0;

  /** @internal */
  constructor(server: Server, target: Port | Endpoint, options: ProxyOptions) {
    const { address, port } = server.address() as AddressInfo;
    this.host = address;
    this.port = port;
    this.seed = options.seed ?? 1;
    this.target = endpointOf(target);
    this.faults = options.faults ?? {};
    this.#server = server;
    this.#tools = { clock, random: createSeededRandom(this.seed) };
    this.#recordedBytes = options.recordedBytes ?? RECORDED_BYTES_MAX;
    server.on('connection', (socket: Socket) => this.#onConnection(socket));
  }

  get address(): string {
    return formatEndpoint(this.host, this.port);
  }
  get connectionCount(): number {
    return this.#connections.size;
  }
  /** Connections that came so far, those turned away not counted. */
  get accepted(): number {
    return this.#accepted;
  }

  /** The connections that are there: their next byte meets these faults and no others. */
  strike(faults: Faults): void {
    for (const connection of this.#connections) connection.setFaults(faults);
  }
  /** RST to both ends of every connection. */
  reset(): void {
    for (const connection of this.#connections) connection.reset();
  }
  get isDown(): boolean {
    return this.#isDown;
  }
  /** While it is down, connections are reset, new ones too. */
  set isDown(isDown: boolean) {
    this.#isDown = isDown;
    if (isDown) this.reset();
  }
  /** Two sockets for each connection: the client's leg, and the one to the target. */
  recording(): Recording {
    return recordingOf(this.#recorders);
  }
  /** @internal */
  get recorders(): readonly SocketRecorder[] {
    return this.#recorders;
  }
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.reset();
    await closed;
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #onConnection(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#isDown) {
      client.resetAndDestroy();
      return;
    }
    this.#accepted += 1;
    const connection = new ProxiedConnection(client, this.target, {
      tools: this.#tools,
      recordedBytes: this.#recordedBytes,
      onGone: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    this.#recorders.push(...connection.recorders);
    connection.setFaults(this.faults);
  }
}

/** Stands in for the target, a port of 127.0.0.1 or another endpoint. @throws {Error} the system's */
export async function proxyTcp(target: Port | Endpoint, options: ProxyOptions = {}): Promise<TcpProxy> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen({ host: '127.0.0.1', port: options.port ?? 0, backlog: 1_024, exclusive: true });
  await once(server, 'listening');
  return new TcpProxy(server, target, options);
}
