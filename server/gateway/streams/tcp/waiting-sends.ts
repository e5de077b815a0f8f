import type { ByteCount } from '../../../../protocol/units.ts';
import { keep } from '../keep.ts';

/** Several sends, one behind the other in one buffer: each costs 8 bytes beside its own. */
export type WaitingBatch = { readonly bytes: Uint8Array; readonly lengths: readonly ByteCount[] };

/** The sends of a batch, each as it was given. */
export function sendsOf({ bytes, lengths }: WaitingBatch): Uint8Array[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return bytes.subarray(end - length, end);
  });
}

/** Longer sends keep the buffer that they came in: they are not worth a copy. */
export const SHORT_SEND_MAX: ByteCount = 4_096;
/** A buffer of a batch: the first is small, as most streams have little that waits. */
const BATCH_BYTES = { first: 1_024, next: 16_384 };

type OpenBatch = { buffer: Uint8Array; used: ByteCount; lengths: ByteCount[] };

/** Sends that wait, in order: for a socket to be there, or for the kernel to take what is before them. */
export class WaitingSends {
  #batches: OpenBatch[] = [];

  get isEmpty(): boolean {
    return this.#batches.length === 0;
  }

  /** The bytes may be changed afterwards where they are short; of long ones what `keep` says holds. */
  add(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length > SHORT_SEND_MAX) {
      this.#batches.push({ buffer: keep(bytes), used: length, lengths: [length] });
      return;
    }
    const batch = this.#withRoomFor(length);
    batch.buffer.set(bytes, batch.used);
    batch.used += length;
    batch.lengths.push(length);
  }

  /** All that waits, which waits no longer. */
  take(): WaitingBatch[] {
    const batches = this.#batches;
    this.#batches = [];
    return batches.map(({ buffer, used, lengths }) => ({ bytes: buffer.subarray(0, used), lengths }));
  }

  #withRoomFor(length: ByteCount): OpenBatch {
    const last = this.#batches.at(-1);
    if (last && last.used + length <= last.buffer.length) return last;
    const size = Math.max(length, last ? BATCH_BYTES.next : BATCH_BYTES.first);
    const batch: OpenBatch = { buffer: new Uint8Array(size), used: 0, lengths: [] };
    this.#batches.push(batch);
    return batch;
  }
}
