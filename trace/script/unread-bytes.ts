import type { ByteCount } from '../../protocol/units.ts';

/** All bytes that have come on a connection; they grow at their end. */
type Received = {
  readonly length: ByteCount;
  readonly slice: (offset: ByteCount, count: ByteCount) => Uint8Array;
};

/** So much is looked at at a time: what is searched for stands within half of it. */
const LOOK_BYTES: ByteCount = 65_536;

/** What has come on a connection and was not taken yet. */
export class UnreadBytes {
  readonly #received: Received;
  #taken: ByteCount;

  /** `from`: the offset of the first byte that is unread. */
  constructor(received: Received, from: ByteCount = 0) {
    this.#received = received;
    this.#taken = from;
  }

  /** How many bytes were taken: the offset of the next one. */
  get taken(): ByteCount {
    return this.#taken;
  }
  get count(): ByteCount {
    return this.#received.length - this.#taken;
  }
  /** The next bytes, a view. */
  look(most = Number.POSITIVE_INFINITY): Uint8Array {
    return this.#received.slice(this.#taken, Math.min(most, this.count));
  }
  /** A copy of the next bytes, which are read now. */
  take(count: ByteCount): Uint8Array {
    const bytes = this.look(count).slice();
    this.#taken += count;
    return bytes;
  }
  skip(count: ByteCount): void {
    this.#taken += count;
  }
  /** What is found in the next bytes; those that it is not in are skipped, so that none is looked at more than twice. */
  find<Found>(find: (unread: Uint8Array) => Found | undefined): Found | undefined {
    for (;;) {
      const unread = this.look(LOOK_BYTES);
      const found = find(unread);
      if (found !== undefined || unread.length < LOOK_BYTES) return found;
      this.#taken += LOOK_BYTES / 2;
    }
  }
}
