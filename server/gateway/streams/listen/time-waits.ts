import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { Kernel } from '../environment.ts';

/** Connections of a tab's listeners that are asked about: the latest. */
const KNOWN_MAX = 64;

type Accepted = {
  /** The port as the program has it. */
  readonly port: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** The listener had SO_REUSEADDR, and so its connections have. */
  readonly reuses: boolean;
};

/**
 * What a tab's listeners have accepted, for bind(2): Linux refuses a port (EADDRINUSE) while a connection on it is in any state,
 * TIME-WAIT for a minute too, unless that one and the new socket both have SO_REUSEADDR. The kernel that holds the real
 * connections is asked how they stand; but a learner's port may be another one there, so that it cannot refuse by itself.
 */
export class TimeWaits {
  readonly #accepted = new Set<Accepted>();

  add(accepted: Accepted): void {
    this.#accepted.add(accepted);
    const [oldest] = this.#accepted;
    if (this.#accepted.size > KNOWN_MAX && oldest) this.#accepted.delete(oldest);
  }
  /** May a socket with or without SO_REUSEADDR not have the port now? */
  holds(port: number, reuses: boolean, kernel: Pick<Kernel, 'closedStateOf'>): boolean {
    for (const accepted of this.#accepted) {
      if (accepted.port !== port || (reuses && accepted.reuses)) continue;
      if (kernel.closedStateOf(accepted.local, accepted.remote) !== undefined) return true;
      this.#accepted.delete(accepted);
    }
    return false;
  }
}
