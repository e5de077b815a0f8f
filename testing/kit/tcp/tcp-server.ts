import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { Milliseconds, Port } from '../../../protocol/units.ts';
import type { Recording } from '../../../trace/export/recording.ts';
import { Call } from '../expectation.ts';
import { Scripts } from '../scripts.ts';
import { recordingOf } from '../time-line.ts';
import { Waiting, type WaitOptions } from '../waiting.ts';
import { playScript, readScript } from './play-script.ts';
import { type PeerOptions, TcpPeer, TIMEOUT } from './tcp-peer.ts';

/** What the server does with one connection. If it throws, its connection is reset at once, and the test fails at its end. */
export type Script = (peer: TcpPeer, server: TcpServer) => Promise<void> | void;

export type ListenOptions = PeerOptions & {
  /** 0, the default: any free one. */
  readonly port?: Port;
  /** 127.0.0.1 */
  readonly host?: string;
  /** How many connections the kernel keeps that Node has not taken yet: 511. */
  readonly backlog?: number;
  /** Who listens, where that is not whoever calls. @internal */
  readonly call?: Call;
};

/** A real TCP server, held by a test. */
export class TcpServer implements AsyncDisposable {
  readonly host: string;
  readonly port: Port;
  readonly #server: Server;
  readonly #timeout: Milliseconds;
  readonly #peers: TcpPeer[] = [];
  readonly #scripts = new Scripts();
  readonly #waiting = new Waiting();
  readonly #closed: Promise<unknown>;
  #accepted = 0;

  /** @internal */
  constructor(server: Server, script: Script | undefined, options: ListenOptions) {
    const { address, port } = server.address() as AddressInfo;
    this.host = address;
    this.port = port;
    this.#server = server;
    this.#timeout = options.timeout ?? TIMEOUT;
    this.#closed = once(server, 'close');
    server.on('connection', (socket: Socket) => {
      const peer = new TcpPeer(socket, 'accepted', options);
      this.#peers.push(peer);
      if (script) {
        this.#scripts.run(
          () => script(peer, this),
          () => peer.reset(),
        );
      }
      this.#waiting.wake();
    });
  }

  /** `127.0.0.1:41234` */
  get address(): string {
    return formatEndpoint(this.host, this.port);
  }
  /** In the order in which they connected. */
  get peers(): readonly TcpPeer[] {
    return this.#peers;
  }
  /** The next that connected, also before it was asked for. @throws {SocketExpectationError} nobody did in time */
  async accept({ timeout = this.#timeout }: WaitOptions = {}): Promise<TcpPeer> {
    const call = new Call(this.accept);
    const peer = await this.#waiting.until(
      call,
      timeout,
      () => this.#peers[this.#accepted],
      () => `nobody connected to ${this.address} (${this.#peers.length} before)`,
    );
    this.#accepted += 1;
    return peer;
  }
  /** When each script has run to its end. @throws what the first that failed threw */
  async done(): Promise<void> {
    await this.#scripts.done();
  }
  /** Stops listening: who connects now gets ECONNREFUSED. Connections stay. */
  async refuse(): Promise<void> {
    if (this.#server.listening) this.#server.close();
    // libuv closes the descriptor in its own turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  recording(): Recording {
    return recordingOf(this.recorders);
  }
  /** @internal */
  get recorders() {
    return this.#peers.map(({ recorder }) => recorder);
  }
  /** Ends everything. @throws what a script threw that `done` has not told: one that still waits for bytes fails now */
  async close(): Promise<void> {
    await this.refuse();
    for (const peer of this.#peers) peer.destroy();
    await this.#closed;
    await this.#scripts.end();
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Listens on loopback, on a free port unless one is named; `script` runs for each connection: a function, or text in the page's grammar.
 * @throws {Error} the system's @throws {SocketExpectationError} the text is no script
 */
export async function listenTcp(script?: Script | string, options: ListenOptions = {}): Promise<TcpServer> {
  const run = typeof script === 'string' ? played(script, options.call ?? new Call(listenTcp), options) : script;
  const { port = 0, host = '127.0.0.1', backlog = 511 } = options;
  const server = createServer({ allowHalfOpen: true });
  server.listen({ port, host, backlog, exclusive: true });
  await once(server, 'listening');
  return new TcpServer(server, run, options);
}

/** A script of text; what goes wrong in it is said at the line that listens. */
function played(text: string, call: Call, { timeout = TIMEOUT }: ListenOptions): Script {
  const script = readScript(text, call);
  return (peer) => playScript(peer, script, call, timeout);
}
