import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { PeerEvent } from '../../protocol/payloads.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';

export type TapProtocol = 'tcp' | 'udp' | 'unix';

/** What a lab server tells of itself when it listens. */
export type TappedServer = {
  readonly name: string;
  /** The calls it made before anybody connected: socket, bind, listen and what it printed. */
  readonly preamble: readonly PeerEvent[];
};

/** Who looks at one connection. Returns whether it takes more: if not, the program at the other end waits. */
export type Observer = (event: PeerEvent) => boolean;

/** The observer's handle. */
export type Observation = {
  /** The n of the program's next recv(n) on this connection; undefined leaves it its own. */
  readonly setReceiveSize: (size: ByteCount | undefined) => void;
  /** The observer takes events again after having refused more. */
  readonly resume: () => void;
  readonly end: () => void;
  /** Whoever had the connection at its other end is gone for good: the server resets its own end, now or as it accepts. */
  readonly abort: () => void;
};

/** How many closed or never observed connections keep their events, for an observer that comes a moment late. */
const UNOBSERVED_KEPT = 1_024;
const EVENTS_KEPT = 64;

/**
 * Where lab servers report every call they make, and gateway sessions look on, joined by the connection's two endpoints.
 * An observer may come before the server has accepted (the connection waits in the kernel's queue) or a moment after.
 */
export class Tap {
  readonly #servers = new Map<string, TappedServer>();
  readonly #connections = new Map<string, TappedConnection>();

  /** A lab server listens at this endpoint. Returns how to take it back. */
  addServer(protocol: TapProtocol, at: Endpoint, server: TappedServer): () => void {
    const key = serverKey(protocol, at);
    this.#servers.set(key, server);
    return () => this.#servers.delete(key);
  }
  serverAt(protocol: TapProtocol, at: Endpoint): TappedServer | undefined {
    return this.#servers.get(serverKey(protocol, at));
  }

  /** The lab server's side of one connection; the same object whoever asks first. */
  connection(protocol: TapProtocol, client: Endpoint, server: Endpoint): TappedConnection {
    const key = `${serverKey(protocol, server)} ${formatEndpoint(client.host, client.port)}`;
    return this.#connections.get(key) ?? this.#add(key);
  }

  /** The same, for a server that has just accepted it: what is left of an earlier one between these ports is not it. */
  accepted(protocol: TapProtocol, client: Endpoint, server: Endpoint): TappedConnection {
    const key = `${serverKey(protocol, server)} ${formatEndpoint(client.host, client.port)}`;
    const connection = this.#connections.get(key);
    return connection && !connection.isClosed && !connection.isAbandoned ? connection : this.#add(key);
  }

  #add(key: string): TappedConnection {
    const connection = new TappedConnection(() => {
      if (this.#connections.get(key) === connection) this.#connections.delete(key);
    });
    this.#connections.set(key, connection);
    this.#evict();
    return connection;
  }

  /**
   * Looks at one connection: what has been reported is told first, then all that comes. One that had ended before `since`,
   * when connect() was called, is an earlier one between the same ports.
   */
  observe(
    protocol: TapProtocol,
    client: Endpoint,
    server: Endpoint,
    observer: Observer,
    since: Microseconds = 0,
  ): Observation {
    const preamble = this.serverAt(protocol, server)?.preamble ?? [];
    const known = this.connection(protocol, client, server);
    const connection = known.hasEndedBefore(since) ? this.accepted(protocol, client, server) : known;
    return connection.observe(observer, preamble);
  }

  #evict(): void {
    if (this.#connections.size <= UNOBSERVED_KEPT) return;
    for (const [key, connection] of this.#connections) {
      if (connection.isObserved || !connection.isClosed) continue;
      this.#connections.delete(key);
      if (this.#connections.size <= UNOBSERVED_KEPT) return;
    }
  }
}

/** One connection of a lab server, as it is reported and observed. */
export class TappedConnection {
  readonly #forget: () => void;
  readonly #early: PeerEvent[] = [];
  readonly #waiting: (() => void)[] = [];
  #observer: Observer | undefined;
  #takesMore = true;
  #isClosed = false;
  /** Its observer has ended; further events are dropped. */
  #isAbandoned = false;
  #lastAt: Microseconds = 0;
  #receiveSize: ByteCount | undefined;
  #onReceiveSize: (() => void) | undefined;
  #onAbort: (() => void) | undefined;
  #isAborted = false;

  constructor(forget: () => void) {
    this.#forget = forget;
  }
  get isObserved(): boolean {
    return this.#observer !== undefined;
  }
  get isClosed(): boolean {
    return this.#isClosed;
  }
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }
  /** What the observer asked the program's recv(n) to be. */
  get receiveSize(): ByteCount | undefined {
    return this.#receiveSize;
  }
  /** Runs when `receiveSize` has changed: a recv(n) that waits for bytes takes the new n. */
  onReceiveSize(run: () => void): void {
    this.#onReceiveSize = run;
  }
  /** Runs once, when nobody is at the other end any more: the server is to reset its own. */
  onAbort(run: () => void): void {
    this.#onAbort = run;
    if (this.#isAborted) run();
  }
  /** False while the observer is behind: the program should make no further call until `whenTaken` runs. */
  get takesMore(): boolean {
    return this.#takesMore;
  }
  whenTaken(run: () => void): void {
    if (this.#takesMore) run();
    else this.#waiting.push(run);
  }

  /** When the program's accept() returned, if that was reported before anybody observed. */
  get acceptedAt(): Microseconds | undefined {
    return this.#early.find(({ call }) => call === 'accept')?.at;
  }

  hasEndedBefore(at: Microseconds): boolean {
    return this.#isClosed && this.#lastAt < at;
  }

  report(event: PeerEvent): void {
    this.#lastAt = event.at;
    if (this.#isAbandoned) return;
    if (this.#observer) this.#takesMore = this.#observer(event);
    else if (this.#early.length < EVENTS_KEPT) this.#early.push(event);
  }

  /** The program has closed the connection: nothing more will be reported. */
  close(): void {
    this.#isClosed = true;
    if (this.#observer || this.#isAbandoned) this.#forget();
  }

  observe(observer: Observer, preamble: readonly PeerEvent[]): Observation {
    this.#observer = observer;
    this.#isAbandoned = false;
    for (const event of [...preamble, ...this.#early.splice(0)]) this.#takesMore = observer(event);
    if (this.#isClosed) this.#forget();
    return {
      setReceiveSize: (size) => {
        this.#receiveSize = size;
        this.#onReceiveSize?.();
      },
      resume: () => this.#resume(),
      end: () => {
        this.#observer = undefined;
        this.#isAbandoned = true;
        this.#forgetIfClosed();
        this.#resume();
      },
      abort: () => {
        if (this.#isAborted || this.#isClosed) return;
        this.#isAborted = true;
        this.#onAbort?.();
      },
    };
  }

  #forgetIfClosed(): void {
    if (this.#isClosed) this.#forget();
  }
  #resume(): void {
    this.#takesMore = true;
    for (const run of this.#waiting.splice(0)) run();
  }
}

function serverKey(protocol: TapProtocol, at: Endpoint): string {
  return `${protocol} ${formatEndpoint(at.host, at.port)}`;
}
