import type { ByteCount } from '../protocol/units.ts';

const BLOCK_BYTES: ByteCount = 65_536;
const BLOCKS = 32;
const LINE_BYTES: ByteCount = 64;
/** Any odd number: sequences of different seeds begin with different lines. */
const SEED_STEP = 0x9e37_79b1;

let noise: Buffer | undefined;

/** 2 MiB of noise (xorshift32), the same in every process. */
function noiseBlock(index: number): Buffer {
  if (!noise) {
    const words = new Uint32Array((BLOCKS * BLOCK_BYTES) / 4);
    let state = 0x2545_f491;
    for (let at = 0; at < words.length; at += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[at] = state;
    }
    noise = Buffer.from(words.buffer);
  }
  const start = (index % BLOCKS) * BLOCK_BYTES;
  return noise.subarray(start, start + BLOCK_BYTES);
}

/**
 * Bytes without a period, to move and to compare: noise in lines of 64 bytes, each of which begins with its own number. A piece that is
 * lost, doubled, of another place or of another seed differs. Costs a write of 4 bytes a line, and a comparison of memory.
 */
export class ByteSequence {
  readonly #seed: number;
  readonly #blocks: (Buffer | undefined)[] = new Array(BLOCKS);
  readonly #stamps: number[] = new Array(BLOCKS).fill(-1);

  constructor(seed = 0) {
    this.#seed = seed;
  }

  /**
   * The bytes from a position to its block's end, or `count` of them if that is less: at most 64 KiB. They stay as they are until those
   * 2 MiB further on are asked for.
   */
  view(position: ByteCount, count: ByteCount): Buffer {
    const start = position % BLOCK_BYTES;
    return this.#block(Math.floor(position / BLOCK_BYTES)).subarray(start, Math.min(start + count, BLOCK_BYTES));
  }
  /** A copy of `count` bytes from a position on. */
  bytes(position: ByteCount, count: ByteCount): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(count);
    for (let done = 0; done < count; ) {
      const part = this.view(position + done, count - done);
      copy.set(part, done);
      done += part.length;
    }
    return copy;
  }

  #block(index: number): Buffer {
    const slot = index % BLOCKS;
    const block = this.#blocks[slot] ?? Buffer.from(noiseBlock(slot + this.#seed * 7));
    this.#blocks[slot] = block;
    if (this.#stamps[slot] !== index) {
      this.#stamps[slot] = index;
      const first = index * (BLOCK_BYTES / LINE_BYTES) + this.#seed * SEED_STEP;
      for (let line = 0; line < BLOCK_BYTES / LINE_BYTES; line += 1) {
        block.writeUInt32BE((first + line) >>> 0, line * LINE_BYTES);
      }
    }
    return block;
  }
}

/** Writes a sequence from its beginning on, without a copy. */
export class SequenceWriter {
  readonly #sequence: ByteSequence;
  #position: ByteCount = 0;

  constructor(seed = 0) {
    this.#sequence = new ByteSequence(seed);
  }
  get position(): ByteCount {
    return this.#position;
  }
  /** The next bytes, at most `count` and 64 KiB; they stay as they are for the next 2 MiB. */
  next(count: ByteCount): Buffer {
    const bytes = this.#sequence.view(this.#position, count);
    this.#position += bytes.length;
    return bytes;
  }
}

/** Compares what arrives, in whatever pieces, with the sequence from its beginning on. */
export class SequenceReader {
  readonly #sequence: ByteSequence;
  #position: ByteCount = 0;

  constructor(seed = 0) {
    this.#sequence = new ByteSequence(seed);
  }
  /** How many have arrived, all of them right. */
  get position(): ByteCount {
    return this.#position;
  }
  /** @throws {Error} the first position at which they differ */
  take(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const expected = this.#sequence.view(this.#position, bytes.length - done);
      if (expected.compare(bytes, done, done + expected.length) !== 0) this.#fail(expected, bytes, done);
      done += expected.length;
      this.#position += expected.length;
    }
  }
  #fail(expected: Buffer, bytes: Uint8Array, done: ByteCount): never {
    const index = expected.findIndex((byte, at) => byte !== bytes[done + at]);
    throw new Error(`byte ${this.#position + index} is ${bytes[done + index]}, not ${expected[index]}`);
  }
}
