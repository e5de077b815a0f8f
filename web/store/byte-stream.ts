import type { ByteCount } from '../../protocol/units.ts';

type Chunk = { readonly offset: ByteCount; readonly bytes: Uint8Array };

/** All bytes of one direction of one socket, in order: appended once, read by offset, never copied but to be read. */
export class ByteStream {
  readonly #chunks: Chunk[] = [];
  #length: ByteCount = 0;

  /** One past the offset of the last byte. */
  get length(): ByteCount {
    return this.#length;
  }

  /** The stream keeps the array: it must not be changed afterwards. */
  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push({ offset: this.#length, bytes });
    this.#length += bytes.length;
  }

  /** The bytes from `offset` on, at the most `count`: a view where they stand in one chunk, else a copy. */
  slice(offset: ByteCount, count: ByteCount): Uint8Array {
    const end = Math.min(this.#length, offset + count);
    if (end <= offset) return new Uint8Array();
    let index = this.#find(offset);
    const first = this.#chunks[index] as Chunk;
    const start = offset - first.offset;
    if (start + (end - offset) <= first.bytes.length) return first.bytes.subarray(start, start + (end - offset));
    const joined = new Uint8Array(end - offset);
    let filled = 0;
    while (filled < joined.length) {
      const { offset: at, bytes } = this.#chunks[index] as Chunk;
      const part = bytes.subarray(Math.max(0, offset - at), Math.min(bytes.length, end - at));
      joined.set(part, filled);
      filled += part.length;
      index += 1;
    }
    return joined;
  }

  /** Index of the chunk that holds the byte at `offset`. */
  #find(offset: ByteCount): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle] as Chunk).offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
