/** Shares of the limit of all sockets. */
const NEARLY_FULL = 3 / 4;
const FULL_BUT_FOR_NEWCOMERS = 7 / 8;
/** What a tab may have once it is nearly full. */
const FEW = 4;
/** Of one address, the rest is for others. */
const ADDRESS_SHARE = 7 / 8;

/**
 * All sockets of the gateway, and which tabs have them. While there are plenty, each tab may open as many as its limit says. When it is
 * nearly full, only tabs with few may; the last eighth is for tabs that have none, and for addresses that do not have all the rest.
 */
export class SocketShares {
  readonly #limit: number;
  readonly #perNetwork = new Map<string, number>();
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#count;
  }

  add(network: string, count: number): void {
    this.#count += count;
    const sum = (this.#perNetwork.get(network) ?? 0) + count;
    if (sum === 0) this.#perNetwork.delete(network);
    else this.#perNetwork.set(network, sum);
  }

  /** May a tab of this network that has `own` sockets open one more? */
  mayOpen(network: string, own: number): boolean {
    if (this.#count >= this.#limit) return false;
    if ((this.#perNetwork.get(network) ?? 0) >= Math.ceil(ADDRESS_SHARE * this.#limit)) return false;
    if (this.#count >= Math.ceil(FULL_BUT_FOR_NEWCOMERS * this.#limit)) return own === 0;
    if (this.#count >= Math.ceil(NEARLY_FULL * this.#limit)) return own < FEW;
    return true;
  }
}
