import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { SocketEntry } from './socket-entry.ts';

/** What WATCH takes. */
const WATCHED_MAX = 16;
/** STATS after a send in which its RST is there, or none comes: a peer that has only half-closed sends none. */
const TOLD_MAX = 4;

type Doubt = { readonly entry: SocketEntry; told: number };

/**
 * Whose kernel state the gateway is asked for: sockets that a person looks at between two calls, and connections on which the program
 * sent after the peer's FIN. A RST that answers is known to the kernel alone until the next write, which Linux refuses.
 */
export class KernelWatch {
  readonly states = new Map<number, KernelState>();
  readonly #ask: (streams: readonly number[]) => void;
  readonly #onReset: (entry: SocketEntry) => void;
  #looked: readonly number[] = [];
  readonly #sentAfterEnd = new Map<number, Doubt>();

  constructor(ask: (streams: readonly number[]) => void, onReset: (entry: SocketEntry) => void) {
    this.#ask = ask;
    this.#onReset = onReset;
  }

  /** A person looks at these streams, until at others. */
  look(streams: readonly number[]): void {
    this.#looked = streams;
    this.#askAll();
  }
  /** The program sent on a connection whose peer has ended its side. */
  sentAfterEnd(entry: SocketEntry): void {
    const id = entry.stream?.id;
    if (id === undefined) return;
    const isAsked = this.#sentAfterEnd.has(id);
    this.#sentAfterEnd.set(id, { entry, told: 0 });
    if (!isAsked) this.#askAll();
  }
  onKernel(states: readonly KernelState[]): void {
    for (const state of states) {
      this.states.set(state.stream, state);
      const doubt = this.#sentAfterEnd.get(state.stream);
      if (!doubt) continue;
      doubt.told += 1;
      if (state.state === 'CLOSED' && !doubt.entry.isOver) this.#onReset(doubt.entry);
    }
    const over = [...this.#sentAfterEnd].filter(
      ([, { entry, told }]) => entry.isOver || entry.descriptors === 0 || told === TOLD_MAX,
    );
    for (const [id] of over) this.#sentAfterEnd.delete(id);
    if (over.length > 0) this.#askAll();
  }
  #askAll(): void {
    const asked = new Set([...this.#looked, ...this.#sentAfterEnd.keys()]);
    this.#ask([...asked].slice(-WATCHED_MAX));
  }
}
