import type { ByteCount } from '../../protocol/units.ts';

export type SentDatagram = { readonly offset: ByteCount; readonly count: ByteCount };

/** Datagrams whose recvfrom by the other end may still be told; of those to other targets nothing is ever told. */
const DATAGRAMS_KEPT = 1_024;

/** Sent datagrams in their order, until the other end's recvfrom of them is told: it may have cut them off, or lost some. */
export class DatagramMatcher {
  readonly #sent: SentDatagram[] = [];

  add(datagram: SentDatagram): void {
    this.#sent.push(datagram);
    if (this.#sent.length > DATAGRAMS_KEPT) this.#sent.shift();
  }

  /** The datagram that a recvfrom(size) returned `count` bytes of; those before it that do not fit were lost. */
  take(count: ByteCount, size: number | undefined): SentDatagram | undefined {
    for (let next = this.#sent.shift(); next; next = this.#sent.shift()) {
      if (next.count === count || (next.count > count && size === count)) return next;
    }
    return undefined;
  }
}
