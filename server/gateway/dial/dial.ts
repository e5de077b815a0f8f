import { type BoundSocket, connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { isLocalName, isLoopbackAddress } from '../../../protocol/loopback.ts';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import { parseHost } from '../../../protocol/target.ts';
import type { Milliseconds, Port } from '../../../protocol/units.ts';
import { canonicalAddress } from './address-rules.ts';
import { type Destinations, destinationKey } from './destinations.ts';
import type { Names } from './names.ts';
import type { Policy, TransportProtocol } from './policy.ts';
import { type Prepare, prepareSocket } from './prepared-socket.ts';
import { holdPort, isVacant, isVacantForDatagrams } from './vacant-port.ts';

export type DialOptions = {
  readonly policy: Policy;
  readonly connectTimeout: Milliseconds;
  readonly names: Names<Destinations>;
};
export type ReadInto = NonNullable<TcpNetConnectOpts['onread']>;

/** What a learner names. */
export type DialTarget = {
  readonly transport: TransportProtocol;
  readonly host: string;
  readonly port: Port;
  readonly family?: 4 | 6;
};

/** Where a connect(2) goes: one literal address, which the policy has passed. */
export type Route = {
  readonly address: string;
  readonly port: Port;
  /** Outside the policy, but on loopback: to be refused by the kernel, as nobody listens there. */
  readonly isVacant: boolean;
};

/** A source port below this is what old services take for the word of the machine's owner. */
const UNPRIVILEGED_PORT: Port = 1_024;

/** The only way to an outgoing connection. */
export class Dialler {
  readonly #policy: Policy;
  readonly #connectTimeout: Milliseconds;
  readonly #names: Names<Destinations>;

  constructor({ policy, connectTimeout, names }: DialOptions) {
    this.#policy = policy;
    this.#connectTimeout = connectTimeout;
    this.#names = names;
  }

  /**
   * The literal addresses to dial, in the order in which they are to be tried: every one has passed the policy. What a name
   * server says later changes nothing. `family`: the only one that the socket can reach.
   * @throws {PlaygroundError} HOST_INVALID, DESTINATION_RATE_EXCEEDED, NAME_UNRESOLVED, and what Policy.check throws.
   */
  async resolve(asker: Destinations, target: DialTarget): Promise<readonly [Route, ...Route[]]> {
    const { transport, port, family } = target;
    const { host, kind } = parseHost(target.host);
    asker.charge(destinationKey(transport, host, port));
    const found = kind === 'name' ? await this.#names.addressesOf(host, asker) : [host];
    // A literal of the wrong family is the system's to refuse.
    const reachable = kind === 'name' && family ? found.filter((address) => isIP(address) === family) : found;
    const [first, ...rest] = reachable.map((address) => this.#routeTo(asker, transport, host, address, port));
    if (!first) throw new PlaygroundError('NAME_UNRESOLVED', `${host} has no IPv${family} address`);
    return [first, ...rest];
  }

  /** The same route, asked about anew: time has passed. @throws {PlaygroundError} what Policy.check throws */
  renew(asker: Destinations, { address, port }: Route, host: string): Route {
    return this.#routeTo(asker, 'tcp', parseHost(host).host, address, port);
  }

  /**
   * A loopback port that nobody has, and that datagrams may be sent to in every mode: they reach no one. `error`: what `resolve`
   * threw.
   */
  async isNobodys(error: unknown, text: string, port: Port): Promise<boolean> {
    if (!(error instanceof PlaygroundError) || error.code !== 'TARGET_FORBIDDEN') return false;
    const { host, kind } = parseHost(text);
    const address = kind === 'name' ? (isLocalName(host) ? '127.0.0.1' : undefined) : canonicalAddress(host);
    return address !== undefined && isLoopbackAddress(address) && (await isVacantForDatagrams(address, port));
  }

  /** CALL getaddrinfo. @throws {PlaygroundError} HOST_INVALID, DESTINATION_RATE_EXCEEDED, NAME_UNRESOLVED */
  async addressesOf(asker: Destinations, text: string): Promise<readonly string[]> {
    const { host, kind } = parseHost(text);
    if (kind !== 'name') return [host];
    if (!isLocalName(host)) asker.charge(host);
    return await this.#names.addressesOf(host, asker);
  }

  /**
   * Starts an active OPEN; returns the socket in SYN-SENT. Bytes written before ESTABLISHED are queued (RFC 9293 §3.10.2).
   * It may be half-closed and has Nagle's algorithm off unless asked. Failures are the socket's `error` event:
   * CONNECT_TIMEOUT, TARGET_FORBIDDEN, ADDRESS_FORBIDDEN or the system's.
   * @throws {PlaygroundError} TARGET_FORBIDDEN: the port is not vacant after all. LISTEN_FORBIDDEN: no local port of a
   * learner's. HOST_INVALID: no local address. And what `prepare` throws, or the system as the local port is bound
   * before it.
   */
  connect(
    route: Route,
    options: SocketOptions,
    onread?: ReadInto,
    prepare?: Prepare,
    timeout: Milliseconds = this.#connectTimeout,
  ): Socket {
    const { address, port } = route;
    const { localHost, localPort } = options;
    if (localPort !== undefined && localPort > 0 && localPort < UNPRIVILEGED_PORT) {
      throw new PlaygroundError('LISTEN_FORBIDDEN', `local port ${localPort}`);
    }
    // Node would throw only when a vacant port is held already, and it would stay held.
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
    return this.#supervise(socket, route, timeout);
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
    return this.#supervise(socket, undefined, this.#connectTimeout);
  }

  /** Ours is the first listener of `connect`: what it destroys has sent nothing and is read by nobody. */
  #supervise(socket: Socket, route: Route | undefined, timeout: Milliseconds): Socket {
    const timer = setTimeout(() => {
      socket.destroy(new PlaygroundError('CONNECT_TIMEOUT', `after ${Math.round(timeout)} ms`));
    }, timeout);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      const fault = route && faultOf(route, socket.remoteAddress);
      if (fault) socket.destroy(fault);
    });
    return socket;
  }

  /** Holds a vacant port, so that nobody begins to listen there. Where it cannot be held, nothing is left bound. */
  #hold({ address, port, isVacant }: Route, handle?: BoundSocket): (() => void) | undefined {
    if (!isVacant || this.#policy.isKept('tcp', address, port)) return undefined;
    try {
      return holdPort(address, port);
    } catch (error) {
      handle?.close();
      throw error;
    }
  }

  #routeTo(asker: Destinations, transport: TransportProtocol, host: string, text: string, port: Port): Route {
    const address = canonicalAddress(text);
    if (address === undefined) throw new PlaygroundError('ADDRESS_FORBIDDEN', text);
    try {
      this.#policy.check(transport, host, address, port, asker);
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
