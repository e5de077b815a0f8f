import { networkInterfaces } from 'node:os';
import type { Milliseconds } from '../protocol/units.ts';

/** Asking the system takes a while, and a laptop changes its network now and then. */
const FRESH_FOR: Milliseconds = 5_000;

/** The addresses of this machine: those of its network interfaces, as they are now, and those that its host has named. */
export class OwnAddresses {
  /** Behind NAT (every cloud): the router has them, and what is sent there arrives here. */
  readonly #named: ReadonlySet<string>;
  #ofInterfaces: ReadonlySet<string> = new Set();
  #all: ReadonlySet<string> = new Set();
  #readAt: Milliseconds = Number.NEGATIVE_INFINITY;

  /** `named`: in their canonical spelling (RFC 5952). */
  constructor(named: readonly string[] = []) {
    this.#named = new Set(named);
  }

  readonly all = (): ReadonlySet<string> => {
    this.#refresh();
    return this.#all;
  };
  readonly has = (address: string): boolean => this.all().has(address);
  /** A socket can be bound to it. */
  readonly isOfInterface = (address: string): boolean => {
    this.#refresh();
    return this.#ofInterfaces.has(address);
  };

  #refresh(): void {
    const now = performance.now();
    if (now - this.#readAt <= FRESH_FOR) return;
    this.#readAt = now;
    this.#ofInterfaces = new Set(
      Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((a) => a.address)),
    );
    this.#all = this.#ofInterfaces.union(this.#named);
  }
}
