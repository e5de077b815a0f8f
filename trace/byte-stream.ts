import type { ByteCount } from '../protocol/units.ts';

/** A power of two, so that a byte is found by shifting. A million calls of a few bytes share some hundred blocks. */
export const BLOCK_BYTES: ByteCount = 65_536;
const FIRST_BYTES: ByteCount = 1_024;

/** All bytes of one direction of one socket, in order: appended once, read by offset, for the most part without copying. */
export class ByteStream {
  /** All but the last are full; the last has room for more, and doubles until it is a whole block. */
  readonly #blocks: Uint8Array[] = [];
  #length: ByteCount = 0;

  /** One past the offset of the last byte. */
  get length(): ByteCount {
    return this.#length;
  }

  /** Copies the bytes: they may be a view of something larger, or change afterwards. */
  append(bytes: Uint8Array): void {
    let taken = 0;
    while (taken < bytes.length) {
      const start = this.#length % BLOCK_BYTES;
      const block = this.#blockFor(start, bytes.length - taken);
      const part = bytes.subarray(taken, taken + block.length - start);
      block.set(part, start);
      taken += part.length;
      this.#length += part.length;
    }
  }

  /** The bytes from `offset` on, at the most `count`: a view where they stand in one block, else a copy. */
  slice(offset: ByteCount, count: ByteCount): Uint8Array {
    const end = Math.min(this.#length, offset + count);
    if (end <= offset) return new Uint8Array();
    const start = offset % BLOCK_BYTES;
    const first = this.block(Math.floor(offset / BLOCK_BYTES)) as Uint8Array;
    if (start + end - offset <= first.length) return first.subarray(start, start + end - offset);
    const joined = new Uint8Array(end - offset);
    let filled = 0;
    while (filled < joined.length) {
      const block = this.block(Math.floor((offset + filled) / BLOCK_BYTES)) as Uint8Array;
      const from = (offset + filled) % BLOCK_BYTES;
      const part = block.subarray(from, from + joined.length - filled);
      joined.set(part, filled);
      filled += part.length;
    }
    return joined;
  }

  /** All bytes in their order, BLOCK_BYTES at once but for the last: for reading a whole stream. */
  block(index: number): Uint8Array | undefined {
    const block = this.#blocks[index];
    const used = this.#length - index * BLOCK_BYTES;
    return block !== undefined && used < block.length ? block.subarray(0, used) : block;
  }

  /** The block that has room at `start`, where more is to come. */
  #blockFor(start: ByteCount, more: ByteCount): Uint8Array {
    const last = this.#blocks.at(-1);
    if (last !== undefined && start > 0 && start < last.length) return last;
    let size = Math.max(FIRST_BYTES, (last?.length ?? 0) >= BLOCK_BYTES ? BLOCK_BYTES : start * 2);
    while (size < start + more && size < BLOCK_BYTES) size *= 2;
    const block = new Uint8Array(size);
    if (start > 0) {
      block.set(last as Uint8Array);
      this.#blocks[this.#blocks.length - 1] = block;
    } else this.#blocks.push(block);
    return block;
  }
}
