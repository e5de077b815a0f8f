import { GatewayClient } from '../../../client/gateway-client.ts';
import type { Ticket } from '../../../client/identity.ts';
import type { StreamHandler } from '../../../client/stream.ts';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { Open } from '../../../protocol/messages/socket.ts';
import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { ServerTime } from '../../../trace/server-time.ts';
import { browserClock, createWebSocketDial } from '../../platform/browser-gateway.ts';
import type { ProgramStream, SocketGateway } from './program-stream.ts';

export type ProgramGatewayOptions = {
  /** Asks the page for a ticket; it comes by `onTicket`. */
  readonly askTicket: (isNewSession: boolean) => void;
  /** Learns how the server's clock stands to this one. */
  readonly time: ServerTime;
  readonly onStandIn: (asked: Endpoint, outside: Endpoint) => void;
  /** How the kernel has the sockets that are watched. */
  readonly onKernel: (kernel: readonly KernelState[]) => void;
};

/** How long the end of a program waits for a gateway that does not answer. */
const END_PATIENCE: Milliseconds = 2_000;

type Waiting = { readonly resolve: (ticket: Ticket) => void; readonly reject: (error: Error) => void };

/**
 * A program's own session with the gateway, from its worker: its bytes do not pass through the page. The page lets it in, with a
 * ticket for each WebSocket; a token the worker never sees, nor the page's session.
 */
export class ProgramGateway implements SocketGateway {
  readonly onStandIn: ProgramGatewayOptions['onStandIn'];
  /** What was asked for leaves now: while Python computes, no microtask runs. */
  readonly flush = (): void => {
    const flush = this.#flush;
    this.#flush = undefined;
    flush?.();
  };
  readonly #client: GatewayClient;
  #isStarted = false;
  #waiting: Waiting | undefined;
  #entered: Milliseconds | undefined;
  #flush: (() => void) | undefined;

  constructor(url: string, { askTicket, onStandIn, onKernel, time }: ProgramGatewayOptions) {
    this.onStandIn = onStandIn;
    this.#client = new GatewayClient({
      dial: createWebSocketDial(url),
      clock: browserClock,
      random: Math.random,
      schedule: (flush) => {
        this.#flush = flush;
        queueMicrotask(this.flush);
      },
      ticket: (isNewSession) => {
        askTicket(isNewSession);
        return new Promise((resolve, reject) => {
          this.#waiting = { resolve, reject };
        });
      },
      onTime: (now) => {
        time.heard(now, browserClock.now());
        // HELLO left after the ticket had come.
        if (this.#entered !== undefined) time.reached(now, this.#entered);
        this.#entered = undefined;
      },
      onWelcome: () => undefined,
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: ({ kernel }) => onKernel(kernel),
    });
  }

  /** The program runs, and may open a socket soon. `node`: where the page's session is. */
  start(node: string | undefined): void {
    this.#isStarted = true;
    this.#client.start(node);
  }
  /** Asks for the kernel's state of these streams, until it is asked for others. */
  watch(streams: readonly number[]): void {
    if (this.#isStarted) this.#client.watch(streams);
  }
  open(open: Open, handler: StreamHandler): ProgramStream {
    return this.#client.open(open, handler);
  }
  async resolve(host: string, family: 0 | 4 | 6): Promise<string> {
    const { addresses = [], code } = await this.#client.call({ call: 'getaddrinfo', host, family });
    const found = addresses.map((address) => address.host).join(' ');
    return code || found === '' ? `!${code ?? ''}` : found;
  }
  onTicket(ticket: Ticket | undefined): void {
    if (ticket === undefined) this.#waiting?.reject(new Error('the page was given no ticket'));
    else {
      this.#entered = browserClock.now();
      this.#waiting?.resolve(ticket);
    }
    this.#waiting = undefined;
  }
  /** The network may be back. */
  poke(): void {
    if (this.#isStarted) this.#client.poke();
  }

  /** The program has ended, and its sockets are closed. Resolves when the gateway says so: what it listened on is free then. */
  async end(): Promise<void> {
    if (!this.#isStarted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = browserClock.after(END_PATIENCE, resolve);
    await Promise.race([this.#client.call({ call: 'end' }), promise]);
    cancel();
  }
}
