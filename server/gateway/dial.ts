import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, connect, createServer, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { PlaygroundError, toSocketErrorCode } from '../../protocol/errors.ts';
import type { SocketOptions } from '../../protocol/messages.ts';
import { parseHost } from '../../protocol/target.ts';
import type { Milliseconds, Port } from '../../protocol/units.ts';
import { familyOf } from './address-rules.ts';
import type { Policy, TransportProtocol } from './policy.ts';

export type LookupAll = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
export type DialOptions = {
  readonly policy: Policy;
  readonly connectTimeout: Milliseconds;
  readonly lookup?: LookupAll;
};
export type ReadInto = NonNullable<TcpNetConnectOpts['onread']>;

const lookupAll: LookupAll = (host) => systemLookup(host, { all: true, verbatim: true });

/** The only way to an outgoing connection. */
export class Dialler {
  readonly #policy: Policy;
  readonly #connectTimeout: Milliseconds;
  readonly #lookup: LookupAll;

  constructor({ policy, connectTimeout, lookup }: DialOptions) {
    this.#policy = policy;
    this.#connectTimeout = connectTimeout;
    this.#lookup = lookup ?? lookupAll;
  }

  /**
   * The literal address to dial, every address of a name having passed the policy.
   * @throws {PlaygroundError} HOST_INVALID, NAME_UNRESOLVED, and what Policy.check throws.
   */
  async resolve(transport: TransportProtocol, host: string, port: Port): Promise<string> {
    const parsed = parseHost(host);
    const addresses = isIP(parsed.host) === 0 ? await this.addressesOf(parsed.host) : [parsed.host];
    for (const address of addresses) await this.#check(transport, parsed.host, address, port);
    return addresses[0] as string;
  }

  /** @throws {PlaygroundError} NAME_UNRESOLVED */
  async addressesOf(name: string): Promise<string[]> {
    try {
      const found = await this.#lookup(name);
      if (found.length > 0) return found.map(({ address }) => address);
    } catch (cause) {
      const code = toSocketErrorCode((cause as NodeJS.ErrnoException).code);
      if (code !== 'NAME_UNRESOLVED') throw new PlaygroundError('NAME_UNRESOLVED', `${name}: ${code}`, { cause });
    }
    throw new PlaygroundError('NAME_UNRESOLVED', name);
  }

  /**
   * Starts an active OPEN to a literal address that `resolve` gave; returns the socket in SYN-SENT. Bytes written before
   * ESTABLISHED are queued (RFC 9293 §3.10.2). It may be half-closed and has Nagle's algorithm off unless asked.
   * Failures are the socket's `error` event: CONNECT_TIMEOUT or the system's.
   */
  connect(address: string, port: Port, options: SocketOptions, onread: ReadInto): Socket {
    const socket = connect({
      host: address,
      port,
      allowHalfOpen: true,
      autoSelectFamily: false,
      noDelay: options.noDelay ?? true,
      keepAlive: options.keepAlive ?? false,
      onread,
      ...(options.localHost ? { localAddress: options.localHost } : {}),
      ...(options.localPort ? { localPort: options.localPort } : {}),
    });
    return this.#supervise(socket, address);
  }

  /** A socket that is connecting to a Unix path, which the caller has checked: it fails as the others do. */
  supervisePath(socket: Socket): Socket {
    return this.#supervise(socket, undefined);
  }

  #supervise(socket: Socket, address: string | undefined): Socket {
    const timer = setTimeout(() => {
      socket.destroy(new PlaygroundError('CONNECT_TIMEOUT', `after ${this.#connectTimeout} ms`));
    }, this.#connectTimeout);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      // What was checked must be what was reached.
      if (address !== undefined && !isSameAddress(address, socket.remoteAddress)) {
        socket.destroy(new PlaygroundError('ADDRESS_FORBIDDEN', `${socket.remoteAddress} answered for ${address}`));
      }
    });
    return socket;
  }

  async #check(transport: TransportProtocol, host: string, address: string, port: Port): Promise<void> {
    try {
      this.#policy.check(transport, host, address, port);
    } catch (error) {
      const mayTry = transport === 'tcp' && this.#policy.mayTeachRefusal(address, port);
      if (!mayTry || !(await isPortFree(address, port))) throw error;
    }
  }
}

function isSameAddress(address: string, reached: string | undefined): boolean {
  if (reached === undefined || isIP(reached) === 0) return false;
  const list = new BlockList();
  list.addAddress(address, familyOf(address));
  return list.check(reached, familyOf(reached));
}

/** Nobody listens there: it can be bound. */
function isPortFree(address: string, port: Port): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: address, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
