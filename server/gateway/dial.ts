import { lookup as systemLookup } from 'node:dns/promises';
import { type BoundSocket, connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { PlaygroundError, toSocketErrorCode } from '../../protocol/errors.ts';
import type { SocketOptions } from '../../protocol/messages.ts';
import { parseHost } from '../../protocol/target.ts';
import type { Milliseconds, Port } from '../../protocol/units.ts';
import { canonicalAddress } from './address-rules.ts';
import type { Policy, TransportProtocol } from './policy.ts';
import { type Prepare, prepareSocket } from './prepared-socket.ts';
import { holdPort, isVacant } from './vacant-port.ts';

export type LookupAll = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
export type DialOptions = {
  readonly policy: Policy;
  readonly connectTimeout: Milliseconds;
  readonly lookup?: LookupAll;
};
export type ReadInto = NonNullable<TcpNetConnectOpts['onread']>;

/** Where a connect(2) goes: one literal address, which the policy has passed. */
export type Route = {
  readonly address: string;
  readonly port: Port;
  /** Outside the policy, but on loopback: to be refused by the kernel, as nobody listens there. */
  readonly isVacant: boolean;
};

/** More at once are refused: the system looks names up a few at a time, and a slow one holds its place past our own deadline. */
const LOOKUPS_MAX = 64;

const lookupAll: LookupAll = (host) => systemLookup(host, { all: true, verbatim: true });

/** A source port below this is what old services take for the word of the machine's owner. */
const UNPRIVILEGED_PORT: Port = 1_024;

/** The only way to an outgoing connection. */
export class Dialler {
  readonly #policy: Policy;
  readonly #connectTimeout: Milliseconds;
  readonly #lookup: LookupAll;
  #lookups = 0;

  constructor({ policy, connectTimeout, lookup }: DialOptions) {
    this.#policy = policy;
    this.#connectTimeout = connectTimeout;
    this.#lookup = lookup ?? lookupAll;
  }

  /**
   * The literal address to dial, every address of a name having passed the policy; of several the first that is more than
   * a vacant port. What a name server says later changes nothing.
   * @throws {PlaygroundError} HOST_INVALID, NAME_UNRESOLVED, and what Policy.check throws.
   */
  async resolve(transport: TransportProtocol, host: string, port: Port): Promise<Route> {
    const parsed = parseHost(host);
    const found = parsed.kind === 'name' ? await this.addressesOf(parsed.host) : [parsed.host];
    const routes = found.map((address) => this.#routeTo(transport, parsed.host, address, port));
    return routes.find(({ isVacant }) => !isVacant) ?? (routes[0] as Route);
  }

  /** @throws {PlaygroundError} NAME_UNRESOLVED, also when there is no answer within the time to connect. */
  async addressesOf(name: string): Promise<string[]> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })), this.#connectTimeout);
    try {
      const found = await Promise.race([this.#count(name), tooLate]);
      if (found.length > 0) return found.map(({ address }) => address);
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? toSocketErrorCode(undefined);
      throw new PlaygroundError('NAME_UNRESOLVED', `${name}: ${code}`, { cause });
    } finally {
      clearTimeout(timer);
    }
    throw new PlaygroundError('NAME_UNRESOLVED', name);
  }

  async #count(name: string): ReturnType<LookupAll> {
    if (this.#lookups >= LOOKUPS_MAX) throw Object.assign(new Error(), { code: 'EAI_AGAIN' });
    this.#lookups += 1;
    try {
      return await this.#lookup(name);
    } finally {
      this.#lookups -= 1;
    }
  }

  /**
   * Starts an active OPEN; returns the socket in SYN-SENT. Bytes written before ESTABLISHED are queued (RFC 9293 §3.10.2).
   * It may be half-closed and has Nagle's algorithm off unless asked. Failures are the socket's `error` event:
   * CONNECT_TIMEOUT, TARGET_FORBIDDEN, ADDRESS_FORBIDDEN or the system's.
   * @throws {PlaygroundError} TARGET_FORBIDDEN: the port is not vacant after all. LISTEN_FORBIDDEN: no local port of a
   * learner's. HOST_INVALID: no local address. And what `prepare` throws, or the system as the local port is bound
   * before it.
   */
  connect(route: Route, options: SocketOptions, onread?: ReadInto, prepare?: Prepare): Socket {
    const { address, port } = route;
    const { localHost, localPort } = options;
    if (localPort !== undefined && localPort > 0 && localPort < UNPRIVILEGED_PORT) {
      throw new PlaygroundError('LISTEN_FORBIDDEN', `local port ${localPort}`);
    }
    // Node would throw only when a vacant port is held already, and nobody would let go of it.
    if (localHost && isIP(localHost) === 0)
      throw new PlaygroundError('HOST_INVALID', `${localHost} is no address to bind`);
    const handle = prepare && prepareSocket(address, options, prepare);
    const release = this.#hold(route, handle);
    const socket = connect({
      host: address,
      port,
      allowHalfOpen: true,
      autoSelectFamily: false,
      noDelay: options.noDelay ?? true,
      keepAlive: options.keepAlive ?? false,
      ...(onread ? { onread } : {}),
      ...(handle ? { handle } : {}),
      ...(localHost && !handle ? { localAddress: localHost } : {}),
      ...(localPort && !handle ? { localPort } : {}),
    });
    if (release) socket.once('close', release);
    return this.#supervise(socket, route);
  }

  /**
   * The same for a socket that is bound already and that `start` connects; resolves when it is connected.
   * @throws {PlaygroundError} CONNECT_TIMEOUT, TARGET_FORBIDDEN, ADDRESS_FORBIDDEN; or the system's error.
   */
  async connectBound<Connected extends { readonly socket: Socket }>(
    route: Route,
    start: () => Promise<Connected>,
  ): Promise<Connected> {
    const release = this.#hold(route);
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timeout = new PlaygroundError('CONNECT_TIMEOUT', `after ${this.#connectTimeout} ms`);
    const timer = setTimeout(() => reject(timeout), this.#connectTimeout);
    const starting = start();
    try {
      const connected = await Promise.race([starting, tooLate]);
      const fault = faultOf(route, connected.socket.remoteAddress);
      if (fault) throw fault;
      return connected;
    } catch (error) {
      const discard = ({ socket }: Connected): void => void socket.destroy();
      starting.then(discard, () => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
      release?.();
    }
  }

  /** A socket that is connecting to a Unix path, which the caller has checked: it fails as the others do. */
  supervisePath(socket: Socket): Socket {
    return this.#supervise(socket, undefined);
  }

  /** Ours is the first listener of `connect`: what it destroys has sent nothing and is read by nobody. */
  #supervise(socket: Socket, route: Route | undefined): Socket {
    const timer = setTimeout(() => {
      socket.destroy(new PlaygroundError('CONNECT_TIMEOUT', `after ${this.#connectTimeout} ms`));
    }, this.#connectTimeout);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      const fault = route && faultOf(route, socket.remoteAddress);
      if (fault) socket.destroy(fault);
    });
    return socket;
  }

  /** Sees to it that nobody begins to listen where nobody did. Nothing is left bound where that is not to be had. */
  #hold({ address, port, isVacant }: Route, handle?: BoundSocket): (() => void) | undefined {
    if (!isVacant || this.#policy.isKept('tcp', address, port)) return undefined;
    try {
      return holdPort(address, port);
    } catch (error) {
      handle?.close();
      throw error;
    }
  }

  #routeTo(transport: TransportProtocol, host: string, text: string, port: Port): Route {
    const address = canonicalAddress(text);
    if (address === undefined) throw new PlaygroundError('ADDRESS_FORBIDDEN', text);
    try {
      this.#policy.check(transport, host, address, port);
      return { address, port, isVacant: false };
    } catch (error) {
      const isRefused =
        this.#policy.isKept(transport, address, port) ||
        (this.#policy.mayTeachRefusal(transport, address, port) && isVacant(address, port));
      if (!isRefused) throw error;
      return { address, port, isVacant: true };
    }
  }
}

/** What was checked must be what was reached; and where nobody listened nobody can have answered. */
function faultOf({ address, port, isVacant: wasVacant }: Route, reached = ''): PlaygroundError | undefined {
  if (wasVacant) return new PlaygroundError('TARGET_FORBIDDEN', `somebody listens on port ${port} after all`);
  if (canonicalAddress(reached) === address) return undefined;
  return new PlaygroundError('ADDRESS_FORBIDDEN', `${reached} answered for ${address}`);
}
