import { BlockList, type Socket } from 'node:net';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { networkOf } from '../shared/network.ts';
import type { HttpLimits } from './limits.ts';

export type HttpConnectionsOptions = {
  readonly limits: Pick<HttpLimits, 'connections' | 'connectionsPerAddress' | 'stallTimeout'>;
  readonly now: () => Milliseconds;
  /** What the kernel holds of a socket that the peer has not acknowledged; 0 where that cannot be read. */
  readonly sendQueue: (socket: Socket) => ByteCount;
  /** Reverse proxies, by address or CIDR block: each carries the connections of many. */
  readonly proxies: readonly string[];
};

type Held = {
  readonly socket: Socket;
  /** For whom: the peer's, or as a believed proxy says with each request. */
  address: string;
  requests: number;
  moved: ByteCount;
  movedAt: Milliseconds;
};

/** A connection on which nothing has moved for so long may give way to another. */
const YIELDS_AFTER: Milliseconds = 1_000;
/** So far beyond the limit a new one is let in although none yields: it may be on its way to the gateway. */
const OVERHANG = 5 / 4;
/** Requests under way on one connection (RFC 9112 §9.3.2): no browser and no proxy in front of us sends a second before the answer. */
const PIPELINED_MAX = 8;

/**
 * The connections that are not the WebSocket of a session, from accept(2) on: how many there are at once, and whether they
 * get on. They give way first, so that descriptors are left for learners: those without a request before those that stall,
 * and of each the one that has been still for longest.
 */
export class HttpConnections {
  readonly #options: HttpConnectionsOptions;
  readonly #proxies = new BlockList();
  /** In the order of their last known progress. */
  readonly #held = new Map<Socket, Held>();
  readonly #perAddress = new Map<string, number>();

  constructor(options: HttpConnectionsOptions) {
    this.#options = options;
    for (const proxy of options.proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.#proxies.addAddress(address, family);
      else this.#proxies.addSubnet(address, Number(bits), family);
    }
  }

  get count(): number {
    return this.#held.size;
  }

  /** Accepted just now. */
  add(socket: Socket): void {
    const ip = socket.remoteAddress ?? '';
    const address = networkOf(ip);
    const held: Held = { socket, address, requests: 0, moved: 0, movedAt: this.#options.now() };
    this.#held.set(socket, held);
    this.#count(address, 1);
    socket.once('close', () => this.release(socket));
    const { connections } = this.#options.limits;
    if (this.#held.size > connections) this.#makeRoom(held, () => true, this.#held.size > connections * OVERHANG);
    this.#boundAddress(held, ip);
  }

  /**
   * A request has come, made by or for this address. false: it is not to be answered, for its connection is closed: it asked
   * for too much at once. Node reads 64 KiB of requests in one turn, which nobody else gets a turn in.
   */
  begin(socket: Socket, ip: string): boolean {
    if (socket.destroyed) return false;
    const held = this.#held.get(socket);
    if (!held) return true;
    held.requests += 1;
    if (held.requests > PIPELINED_MAX) {
      withoutStacks(socket);
      this.#close(held);
      return false;
    }
    this.#move(held, ip);
    return true;
  }
  #move(held: Held, ip: string): void {
    const address = networkOf(ip);
    if (address === held.address) return;
    this.#count(held.address, -1);
    held.address = address;
    this.#count(address, 1);
    this.#boundAddress(held, ip);
  }
  /** Its answer is complete, or given up. */
  end(socket: Socket): void {
    const held = this.#held.get(socket);
    if (!held) return;
    held.requests -= 1;
    this.#look(held);
  }

  /** It is closed, or a session's WebSocket: others have an eye on that. */
  release(socket: Socket): void {
    const held = this.#held.get(socket);
    if (!held) return;
    this.#held.delete(socket);
    this.#count(held.address, -1);
  }

  /** Call about once a second: closes those on which nothing moves. */
  sweep(): void {
    const { now, limits } = this.#options;
    for (const held of [...this.#held.values()]) {
      if (!this.#look(held) && now() - held.movedAt >= limits.stallTimeout) this.#close(held);
    }
  }

  /** Whether bytes have moved since the last look: received, or acknowledged by the peer. */
  #look(held: Held): boolean {
    const { socket } = held;
    const moved = socket.bytesRead + socket.bytesWritten - this.#options.sendQueue(socket);
    if (moved === held.moved) return false;
    held.moved = moved;
    held.movedAt = this.#options.now();
    this.#held.delete(socket);
    this.#held.set(socket, held);
    return true;
  }

  #boundAddress(newcomer: Held, ip: string): void {
    if (this.#isProxy(ip)) return;
    const { address } = newcomer;
    const { connectionsPerAddress: most } = this.#options.limits;
    const count = this.#perAddress.get(address) ?? 0;
    if (count > most) this.#makeRoom(newcomer, (held) => held.address === address, count > most * OVERHANG);
  }

  /** `isPressing`: one that gets on is closed too, if none else is there. */
  #makeRoom(newcomer: Held, isOfThem: (held: Held) => boolean, isPressing: boolean): void {
    const others = [...this.#held.values()].filter((held) => held !== newcomer && isOfThem(held));
    const latest = this.#options.now() - YIELDS_AFTER;
    const stalls = (held: Held): boolean => held.movedAt <= latest && !this.#look(held);
    const yields =
      others.find(({ requests, moved }) => requests === 0 && moved > 0) ??
      others.find(stalls) ??
      (isPressing ? others[0] : undefined);
    if (yields) this.#close(yields);
  }

  #close(held: Held): void {
    this.release(held.socket);
    // What is not read would stay in the kernel for minutes after close(2); a reset takes it away.
    if (held.requests > 0) held.socket.resetAndDestroy();
    else held.socket.destroy();
  }

  #count(address: string, by: 1 | -1): void {
    const count = (this.#perAddress.get(address) ?? 0) + by;
    if (count > 0) this.#perAddress.set(address, count);
    else this.#perAddress.delete(address);
  }

  #isProxy(ip: string): boolean {
    return this.#proxies.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');
  }
}

/**
 * Node's own listener to the end of a connection makes an error for each request under way, and nobody reads them: of a
 * thousand in one read their stacks took more time than all else. Ours stand before and behind it.
 */
function withoutStacks(socket: Socket): void {
  const { stackTraceLimit } = Error;
  socket.prependOnceListener('close', () => {
    Error.stackTraceLimit = 0;
  });
  socket.once('close', () => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
