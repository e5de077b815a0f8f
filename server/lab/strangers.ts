import type { Endpoint } from '../../protocol/messages/fields.ts';

export type StrangerLimits = { readonly inAll: number; readonly perAddress: number };

/** What is kept back for them of the process's limit (ulimit -n), each with one descriptor here. */
const SHARE = 1 / 16;
const IN_ALL_MAX = 256;

/** `descriptors` is the process's limit (ulimit -n). */
export function strangerLimits(descriptors: number): StrangerLimits {
  const inAll = Math.max(4, Math.min(IN_ALL_MAX, Math.floor(descriptors * SHARE)));
  return { inAll, perAddress: Math.ceil(inAll / 2) };
}

/** A connection, as far as it is counted. */
type Counted = {
  readonly remote: Endpoint;
  readonly isObserved: boolean;
  readonly isClosed: boolean;
  readonly reset: () => void;
};

/**
 * Connections to lab servers from programs outside: no session counts them, so the lab does. One too many, and the oldest
 * is reset: of that address, or of all. One of the gateway's is a stranger for the moment until it is looked at.
 */
export class Strangers {
  readonly #limits: StrangerLimits;
  /** In the order in which they were accepted. */
  readonly #connections = new Set<Counted>();

  constructor(limits: StrangerLimits) {
    this.#limits = limits;
  }

  admit(connection: Counted): void {
    this.#connections.add(connection);
    if (this.#connections.size <= this.#limits.perAddress) return;
    this.#forgetObserved();
    const { host } = connection.remote;
    const near = [...this.#connections].filter(({ remote }) => remote.host === host);
    const [oldest] = this.#connections;
    if (near.length > this.#limits.perAddress) this.#end(near[0]);
    else if (this.#connections.size > this.#limits.inAll) this.#end(oldest);
  }
  delete(connection: Counted): void {
    this.#connections.delete(connection);
  }

  #forgetObserved(): void {
    for (const connection of this.#connections) {
      if (connection.isObserved || connection.isClosed) this.#connections.delete(connection);
    }
  }
  #end(connection: Counted | undefined): void {
    if (!connection) return;
    this.#connections.delete(connection);
    connection.reset();
  }
}
