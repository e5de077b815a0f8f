import type { Port } from '../../../../protocol/units.ts';
import type { TransportProtocol } from '../../dial/policy.ts';
import { TimeWaits } from './time-waits.ts';

/**
 * The ports that the sockets of one tab asked for, and the ports of this machine that they are bound to: the same ones, or
 * ports that the playground lends (SocketOptions.mapPort). The tab's page and programs share the map.
 */
export class PortMap {
  readonly #real: Readonly<Record<TransportProtocol, Map<Port, Port>>> = { tcp: new Map(), udp: new Map() };
  /** What the tab's listeners have accepted: their ports may not be had again at once. */
  readonly timeWaits = new TimeWaits();
  /** Of datagram sockets, from the real port to the one asked for. */
  readonly #senders = new Map<Port, Port>();

  /** The real port of the tab's socket that asked for this one; undefined where it has no such socket. */
  realPort(transport: TransportProtocol, asked: Port): Port | undefined {
    return this.#real[transport].get(asked);
  }
  /** The port that a tab's datagram socket asked for, by the real one; kept after the socket has closed, for datagrams under way. */
  senderPort(real: Port): Port | undefined {
    return this.#senders.get(real);
  }

  /** While bind(2) is under way nobody else of the tab gets the port. Returns false where a socket of the tab has it. */
  tryReserve(transport: TransportProtocol, asked: Port): boolean {
    const ports = this.#real[transport];
    if (ports.has(asked)) return false;
    ports.set(asked, asked);
    return true;
  }
  /** bind(2) has returned. */
  set(transport: TransportProtocol, asked: Port, real: Port): void {
    this.#real[transport].set(asked, real);
    if (transport === 'udp') this.#senders.set(real, asked);
  }
  /** bind(2) has failed, or the socket is closed. */
  release(transport: TransportProtocol, asked: Port): void {
    this.#real[transport].delete(asked);
  }
}
