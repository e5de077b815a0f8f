import type { GatewayStream } from './gateway-stream.ts';

/** More than this of one tab, and what has gone on longest is ended. */
const LINGERING_MAX = 32;

/**
 * What a learner has set in motion and what goes on after the socket has been closed: a lab server that sleeps before
 * its own close(2), a proxy that still holds bytes. It counts until it has ended.
 */
export class Lingering {
  /** Each with what runs when nothing of it is left; in the order in which their sockets ended. */
  readonly #streams = new Map<GatewayStream, () => void>();

  get size(): number {
    return this.#streams.size;
  }
  add(stream: GatewayStream, onGone: () => void): void {
    this.#streams.set(stream, onGone);
    const [oldest] = this.#streams.keys();
    if (this.#streams.size > LINGERING_MAX && oldest) this.end(oldest);
  }
  /** It has ended by itself. */
  delete(stream: GatewayStream): void {
    const onGone = this.#streams.get(stream);
    this.#streams.delete(stream);
    onGone?.();
  }
  end(stream: GatewayStream): void {
    stream.endLingering?.();
    this.delete(stream);
  }
}
