import { randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { isLoopbackAddress, isWildcard } from '../protocol/loopback.ts';
import type { Port } from '../protocol/units.ts';
import type { Asker } from './gateway/dial/policy.ts';
import type { BindClaim, ListenPolicy, PortClaim } from './gateway/streams/listen/listen-policy.ts';

export type PortRange = { readonly from: Port; readonly to: Port };

type Claim = BindClaim & { isListening: boolean };

/** Which addresses learners are bound to and listen on, and which they may. Each bind(2) is counted by itself (decision 016). */
export class ListenerRegistry implements ListenPolicy {
  readonly #range: PortRange;
  readonly #isExposed: boolean;
  readonly #isOwnAddress: (address: string) => boolean;
  /** By transport and port. */
  readonly #claims = new Map<string, Set<Claim>>();

  /** `isExposed`: beyond loopback too. */
  constructor(range: PortRange, isExposed: boolean, isOwnAddress: (address: string) => boolean) {
    this.#range = range;
    this.#isExposed = isExposed;
    this.#isOwnAddress = isOwnAddress;
  }

  readonly add = (bind: BindClaim): PortClaim => {
    const key = keyOf(bind.transport, bind.port);
    const claim: Claim = { ...bind, isListening: false };
    const claims = this.#claims.get(key) ?? new Set();
    this.#claims.set(key, claims.add(claim));
    const listen = (): void => {
      claim.isListening = true;
    };
    const release = (): void => {
      claims.delete(claim);
      if (claims.size === 0 && this.#claims.get(key) === claims) this.#claims.delete(key);
    };
    return { listen, release };
  };
  readonly isListening = (transport: 'tcp' | 'udp', address: string, port: Port, asker?: Asker): boolean =>
    this.#some(transport, address, port, ({ isListening, owner }) => isListening && owner?.room === asker?.room);
  readonly isBound = (transport: 'tcp' | 'udp', address: string, port: Port): boolean =>
    this.#some(transport, address, port, () => true);
  readonly isKept = (transport: 'tcp' | 'udp', address: string, port: Port): boolean =>
    this.#some(transport, address, port, ({ isExclusive, isListening }) => isExclusive && !isListening);
  readonly mayListen = (host: string, port: Port): boolean => {
    const isLoopback = isLoopbackAddress(host);
    const isInRange = port === 0 || (port >= this.#range.from && port <= this.#range.to);
    return isInRange && (isLoopback || this.#isExposed);
  };
  readonly candidatePort = (): Port => randomInt(this.#range.from, this.#range.to + 1);

  #some(transport: 'tcp' | 'udp', address: string, port: Port, isSuch: (claim: Claim) => boolean): boolean {
    for (const claim of this.#claims.get(keyOf(transport, port)) ?? []) {
      if (isSuch(claim) && this.#covers(claim, address)) return true;
    }
    return false;
  }
  /** Who is bound to a wildcard address is reached by every address of the family that this machine has. */
  #covers({ host, isDual }: Claim, address: string): boolean {
    if (host === address) return true;
    if (!isWildcard(host) || !(isLoopbackAddress(address) || this.#isOwnAddress(address))) return false;
    return isDual || isIPv6(host) === isIPv6(address);
  }
}

function keyOf(transport: 'tcp' | 'udp', port: Port): string {
  return `${transport} ${port}`;
}
