import type { ByteCount } from '../../../protocol/units.ts';
import type { ByteStream } from '../../../trace/byte-stream.ts';

/** What has come on a connection and the test has not taken yet. */
export class UnreadBytes {
  readonly #received: ByteStream;
  #taken: ByteCount = 0;

  constructor(received: ByteStream) {
    this.#received = received;
  }

  /** How many bytes the test has taken. */
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
  /** Where the mark begins among them; -1: it has not come. */
  indexOf(mark: Uint8Array): number {
    return Buffer.from(this.look()).indexOf(mark);
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
}

/** Finds a mark in bytes: how many stand before it, and where it ends. */
export function findMark(
  mark: Uint8Array,
): (unread: Uint8Array) => { readonly length: ByteCount; readonly end: ByteCount } | undefined {
  return (unread) => {
    const length = Buffer.from(unread).indexOf(mark);
    return length < 0 ? undefined : { length, end: length + mark.length };
  };
}
