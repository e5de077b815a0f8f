import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { chainToxics, type Sink, type Stage, type Toxic, type ToxicTools } from '../server/faults/toxic.ts';
import { createSeededRandom } from './seeded-random.ts';
import { nodeClock } from './ws-dial.ts';

export type Faults = { readonly up?: readonly Toxic[]; readonly down?: readonly Toxic[] };
/** What a direction may hold before its sender is no longer read. */
const HELD_BYTES = 4_194_304;

/** A TCP proxy on loopback that treats its connections badly, the same way each time for the same seed. */
export class FaultProxy {
  readonly #server: Server;
  #target: number;
  readonly #tools: ToxicTools;
  readonly #connections = new Set<ProxiedConnection>();
  #faults: Faults = {};
  #isDown = false;
  #accepted = 0;

  private constructor(server: Server, target: number, seed: number) {
    this.#server = server;
    this.#target = target;
    this.#tools = { clock: nodeClock, random: createSeededRandom(seed) };
    server.on('connection', (socket) => this.#onConnection(socket));
  }

  /** Stands in for port `target` of 127.0.0.1, or for the one that is set later. */
  static async start(target = 0, seed = 1): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen({ host: '127.0.0.1', port: 0, backlog: 1_024 }, resolve);
    await promise;
    return new FaultProxy(server, target, seed);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  set target(port: number) {
    this.#target = port;
  }
  get connectionCount(): number {
    return this.#connections.size;
  }
  /** Connections that came so far, those turned away not counted. */
  get accepted(): number {
    return this.#accepted;
  }

  /** From now on, for connections that come. */
  set faults(faults: Faults) {
    this.#faults = faults;
  }
  /** From now on, for the connections that are there: the next byte meets these faults and no others. */
  strike(faults: Faults): void {
    for (const connection of this.#connections) connection.setFaults(faults);
  }
  /** RST to both ends of every connection. */
  reset(): void {
    for (const connection of this.#connections) connection.reset();
  }
  /** Nobody home: connections are reset, new ones too, until `isDown` is taken back. */
  set isDown(isDown: boolean) {
    this.#isDown = isDown;
    if (isDown) this.reset();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.reset();
    await closed;
  }

  #onConnection(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#isDown) {
      client.resetAndDestroy();
      return;
    }
    this.#accepted += 1;
    const connection = new ProxiedConnection(client, this.#target, this.#tools, () => {
      this.#connections.delete(connection);
    });
    this.#connections.add(connection);
    connection.setFaults(this.#faults);
  }
}

class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #tools: ToxicTools;
  readonly #onGone: () => void;
  #up: Stage;
  #down: Stage;

  constructor(client: Socket, target: number, tools: ToxicTools, onGone: () => void) {
    this.#client = client;
    this.#tools = tools;
    this.#onGone = onGone;
    this.#server = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true, noDelay: true });
    this.#up = this.#chain([], this.#server);
    this.#down = this.#chain([], client);
    this.#listen(client, this.#server, () => this.#up);
    this.#listen(this.#server, client, () => this.#down);
  }

  setFaults({ up = [], down = [] }: Faults): void {
    this.#up = this.#chain(up, this.#server);
    this.#down = this.#chain(down, this.#client);
  }
  reset(): void {
    this.#stop();
    for (const socket of [this.#client, this.#server]) {
      if (socket.connecting) socket.destroy();
      else if (!socket.destroyed) socket.resetAndDestroy();
    }
  }

  #chain(toxics: readonly Toxic[], to: Socket): Stage {
    const last: Sink = {
      write: (bytes) => {
        if (to.destroyed) this.reset();
        else if (to.writable) to.write(bytes);
      },
      end: () => to.end(),
      close: () => {
        this.#client.destroySoon();
        this.#server.destroySoon();
      },
      reset: () => this.reset(),
    };
    return chainToxics(toxics, last, this.#tools);
  }

  #listen(from: Socket, to: Socket, stage: () => Stage): void {
    from.on('data', (bytes) => {
      stage().write(bytes);
      if (to.writableLength > HELD_BYTES) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.on('end', () => stage().end());
    from.on('error', () => stage().reset()); // ECONNRESET goes on as one
    from.on('close', () => {
      if (this.#client.destroyed && this.#server.destroyed) this.#stop();
      else if (from.readableEnded)
        return; // its last bytes and FIN are still under way to the other
      else stage().reset();
    });
  }
  #stop(): void {
    this.#up.stop();
    this.#down.stop();
    this.#onGone();
  }
}
