import { randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Port } from '../protocol/units.ts';
import type { ListenerRegistry } from './gateway/stream-port.ts';

export type PortRange = { readonly from: Port; readonly to: Port };

/** Which addresses learners listen on, and which they may. */
export class Listeners implements ListenerRegistry {
  readonly #range: PortRange;
  readonly #isExposed: boolean;
  readonly #isOwnAddress: (address: string) => boolean;
  readonly #taken = new Set<string>();

  /** `isExposed`: beyond loopback too. */
  constructor(range: PortRange, isExposed: boolean, isOwnAddress: (address: string) => boolean) {
    this.#range = range;
    this.#isExposed = isExposed;
    this.#isOwnAddress = isOwnAddress;
  }

  readonly add = (transport: 'tcp' | 'udp', host: string, port: Port): (() => void) => {
    const key = `${transport} ${host} ${port}`;
    this.#taken.add(key);
    return () => this.#taken.delete(key);
  };
  readonly has = (transport: 'tcp' | 'udp', address: string, port: Port): boolean =>
    this.#taken.has(`${transport} ${address} ${port}`) ||
    (this.#isHere(address) && this.#taken.has(`${transport} ${wildcardOf(address)} ${port}`));
  readonly mayListen = (host: string, port: Port): boolean => {
    const isLoopback = isLoopbackAddress(host);
    const isInRange = port === 0 || (port >= this.#range.from && port <= this.#range.to);
    return isInRange && (isLoopback || this.#isExposed);
  };
  readonly candidatePort = (): Port => randomInt(this.#range.from, this.#range.to + 1);

  #isHere(address: string): boolean {
    return isLoopbackAddress(address) || this.#isOwnAddress(address);
  }
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** Who listens there is reached by every address of the family that this machine has. */
function wildcardOf(address: string): string {
  return isIPv6(address) ? '::' : '0.0.0.0';
}
