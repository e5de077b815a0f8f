import { networkInterfaces } from 'node:os';
import type { Milliseconds } from '../protocol/units.ts';

/** Asking the system takes a while, and a laptop changes its network now and then. */
const FRESH_FOR: Milliseconds = 5_000;

/** The addresses of this machine's network interfaces, as they are now. */
export class OwnAddresses {
  #addresses: ReadonlySet<string> = new Set();
  #readAt: Milliseconds = Number.NEGATIVE_INFINITY;

  all(): ReadonlySet<string> {
    const now = performance.now();
    if (now - this.#readAt > FRESH_FOR) {
      this.#readAt = now;
      this.#addresses = new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((a) => a.address)));
    }
    return this.#addresses;
  }
  readonly has = (address: string): boolean => this.all().has(address);
}
