import type { ByteCount } from '../protocol/units.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { BLOCK_BYTES, type ByteStream } from './byte-stream.ts';
import { IntList } from './int-list.ts';

/** Each byte, ASCII capitals as their small letters. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/**
 * Where a text stands in a stream, as it grows: every byte is looked at once, whatever the number of calls that moved it.
 * Capitals and small letters of ASCII are the same; other letters are as they are.
 */
export class StreamSearch {
  readonly #stream: ByteStream;
  readonly #needle: Uint8Array;
  readonly #shifts: Uint32Array;
  readonly #found = new IntList();
  /** The next offset at which the text may begin. */
  #next: ByteCount = 0;

  /** `text` may be given as bytes. */
  constructor(stream: ByteStream, text: string | Uint8Array) {
    this.#stream = stream;
    const bytes = typeof text === 'string' ? encodeUtf8(text) : text;
    this.#needle = bytes.map((byte) => FOLDED[byte] as number);
    this.#shifts = shiftsOf(this.#needle);
  }

  /** Looks at about `limit` more bytes; returns whether that was all there are. */
  advance(limit: ByteCount): boolean {
    // Nothing is nowhere.
    if (this.#needle.length === 0) return true;
    const stop = Math.min(this.#stream.length - this.#needle.length + 1, this.#next + limit);
    while (this.#next < stop) {
      const index = Math.floor(this.#next / BLOCK_BYTES);
      this.#scan(this.#stream.block(index) as Uint8Array, index * BLOCK_BYTES, stop);
    }
    return this.#next > this.#stream.length - this.#needle.length;
  }

  /** How often it has been found so far; matches may overlap. */
  get count(): number {
    return this.#found.length;
  }
  /** How many bytes a match has. */
  get size(): ByteCount {
    return this.#needle.length;
  }
  /** The offset of a match; they are in their order. */
  offsetOf(match: number): ByteCount {
    return this.#found.at(match);
  }
  /** The first match that does not begin before `offset`; `count` where there is none. */
  firstFrom(offset: ByteCount): number {
    let low = 0;
    let high = this.#found.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#found.at(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** Whether the text stands within these bytes. */
  isIn(offset: ByteCount, count: ByteCount): boolean {
    const first = this.firstFrom(offset);
    return first < this.#found.length && this.#found.at(first) + this.#needle.length <= offset + count;
  }

  /** From `#next` to `stop` in one block (Horspool, 1980); a text that reaches into the next block is looked for byte by byte. */
  #scan(block: Uint8Array, blockOffset: ByteCount, stop: ByteCount): void {
    const needle = this.#needle;
    const last = needle.length - 1;
    const lastByte = needle[last] as number;
    const end = Math.min(block.length, stop - blockOffset);
    const whole = Math.min(end, block.length - last);
    let start = this.#next - blockOffset;
    while (start < whole) {
      const byte = FOLDED[block[start + last] as number] as number;
      if (byte === lastByte && isAt(block, start, needle)) this.#found.push(blockOffset + start);
      start += this.#shifts[byte] as number;
    }
    for (; start < end; start += 1) {
      const offset = blockOffset + start;
      if (isAt(this.#stream.slice(offset, needle.length), 0, needle)) this.#found.push(offset);
    }
    this.#next = blockOffset + start;
  }
}

function isAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index += 1) {
    if (FOLDED[bytes[start + index] as number] !== needle[index]) return false;
  }
  return true;
}

/** By the byte where the text would end: how far on it may begin next. */
function shiftsOf(needle: Uint8Array): Uint32Array {
  const shifts = new Uint32Array(256).fill(needle.length);
  for (let index = 0; index < needle.length - 1; index += 1)
    shifts[needle[index] as number] = needle.length - 1 - index;
  return shifts;
}
