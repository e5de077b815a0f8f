import { isIPv6 } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { PeerEvent } from '../../protocol/payloads.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { Microseconds } from '../../protocol/units.ts';
import type { AcceptQueue, QueueLength } from '../net/accept-queue.ts';
import { isUnixEndpoint } from '../net/ffi/sockaddr.ts';
import type { TapProtocol } from '../tap/tap.ts';
import { LabConnection } from './lab-connection.ts';
import type { LabContext } from './lab-context.ts';
import type { LabProgram } from './lab-program.ts';
import { peerEvent } from './peer-event.ts';
import { pythonAddress } from './python-address.ts';

const WAITING = 'waiting for connection...';

/** One listening socket of a lab server, and the program's accept loop on it. */
export class LabListener {
  readonly endpoint: Endpoint;
  readonly #program: LabProgram;
  readonly #context: LabContext;
  readonly #queue: AcceptQueue;
  readonly #protocol: TapProtocol;
  /** socket, bind, listen: what every connection's story begins with. */
  readonly #opening: readonly PeerEvent[];
  readonly #connected = new Set<LabConnection>();
  #forgetServer: () => void;
  #served = 0;
  #since: Microseconds | undefined;
  #wake: (() => void) | undefined;
  #isClosed = false;

  private constructor(program: LabProgram, context: LabContext, queue: AcceptQueue, opening: readonly PeerEvent[]) {
    this.#program = program;
    this.#context = context;
    this.#queue = queue;
    this.#opening = opening;
    this.endpoint = queue.endpoint;
    this.#protocol = isUnixEndpoint(queue.endpoint) ? 'unix' : 'tcp';
    this.#forgetServer = this.#introduce([]);
    queue.onReady(() => this.#wake?.());
  }

  /** socket, bind, listen, and accept from then on. @throws {Error} `code` EADDRINUSE, EADDRNOTAVAIL … */
  static async open(program: LabProgram, context: LabContext, at: Endpoint): Promise<LabListener> {
    const { clock, queues } = context;
    const opening: PeerEvent[] = [];
    const family = isUnixEndpoint(at) ? 'AF_UNIX' : isIPv6(at.host) ? 'AF_INET6' : 'AF_INET';
    const onSocket = () =>
      void opening.push(peerEvent(clock.nowMicros(), 'socket', { text: `${family}, SOCK_STREAM` }));
    const bound = await queues.bind(at, { onSocket });
    const text =
      bound.endpoint.port === 0 ? bound.endpoint.host : formatEndpoint(bound.endpoint.host, bound.endpoint.port);
    opening.push(peerEvent(clock.nowMicros(), 'bind', { text }));
    const queue = await bound.listen(program.backlog);
    opening.push(peerEvent(clock.nowMicros(), 'listen', { argument: program.backlog }));
    const listener = new LabListener(program, context, queue, opening);
    void listener.#acceptAll();
    return listener;
  }

  /** Those it serves now, and those it has accepted since it listens. */
  get counts(): { readonly connected: number; readonly served: number } {
    return { connected: this.#connected.size, served: this.#served };
  }
  /** When the one it serves was accepted, where it serves one at a time. */
  get since(): Microseconds | undefined {
    return this.#since;
  }
  get pending(): QueueLength {
    return this.#queue.pending();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forgetServer();
    this.#wake?.();
    await this.#queue.close();
    for (const connection of this.#connected) connection.close();
  }

  async #acceptAll(): Promise<void> {
    let printed = this.#printWaiting();
    for (;;) {
      const connection = await this.#accept(printed);
      if (!connection) return;
      const served = this.#serve(connection);
      printed = [];
      if (this.#program.isThreaded) continue;
      this.#since = this.#context.clock.nowMicros();
      await served;
      this.#since = undefined;
      if (this.#isClosed) return;
      printed = this.#printWaiting();
    }
  }

  #printWaiting(): readonly PeerEvent[] {
    this.#context.print(this.#program.name, WAITING);
    return [peerEvent(this.#context.clock.nowMicros(), 'print', { text: WAITING })];
  }

  /**
   * Whoever waited already has seen the program print since, so that is part of their story. For those who come later it
   * is past, and told before it begins.
   */
  async #accept(printed: readonly PeerEvent[]): Promise<LabConnection | undefined> {
    const next = this.#take(printed);
    if (next) return next;
    if (printed.length > 0) this.#forgetServer = this.#introduce(printed);
    while (!this.#isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      const connection = this.#take([]);
      if (connection) return connection;
    }
    return undefined;
  }

  #take(before: readonly PeerEvent[]): LabConnection | undefined {
    if (this.#isClosed) return undefined;
    try {
      const taking = { server: this.#program.name, protocol: this.#protocol, before };
      return LabConnection.takeFrom(this.#queue, taking, this.#context);
    } catch {
      // One connection that could not be taken over is lost; the server waits for the next.
      return undefined;
    }
  }

  async #serve(connection: LabConnection): Promise<void> {
    this.#connected.add(connection);
    this.#context.strangers.admit(connection);
    this.#served += 1;
    try {
      connection.print(`...connected from: ${pythonAddress(connection.remote)}`);
      if (this.#program.noDelay) connection.setNoDelay();
      await this.#program.serve(connection, this.#context);
    } catch {
      // The call that failed has been told with its errno; the program goes on with the next client.
    } finally {
      connection.close();
      this.#connected.delete(connection);
      this.#context.strangers.delete(connection);
    }
  }

  #introduce(printed: readonly PeerEvent[]): () => void {
    const preamble = [...this.#opening, ...printed];
    return this.#context.tap.addServer(this.#protocol, this.endpoint, { name: this.#program.name, preamble });
  }
}
