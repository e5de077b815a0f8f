import { PlaygroundError } from '../protocol/errors.ts';
import { DATA_BYTES_MAX } from '../protocol/frame.ts';
import { poison } from '../protocol/message-pool.ts';
import type { ByteCount } from '../protocol/units.ts';

/** Up to this an engine keeps an array's bytes within its object (V8: 64): nothing costs less. */
const INLINE_MAX: ByteCount = 64;
const SLAB_BYTES: ByteCount = 16_384;
/** Up to this a copy is cut from a slab: a buffer of its own costs more than its bytes. */
const SLAB_SHARE_MAX: ByteCount = 4_096;
/** So many whole pieces are kept for the next: what a fast sender has under way. */
const FREE_MAX = 40;

/**
 * Copies of what is sent, so that the caller may change its array as soon as `send` returns. Pieces of DATA_BYTES_MAX are
 * used again: each new one would bring the next collection of the whole heap nearer.
 */
export class SendCopies {
  #slab = new Uint8Array();
  #slabUsed: ByteCount = 0;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  /** Given to the reliable layer, which reads them until its next flush. */
  #lent: Uint8Array<ArrayBuffer>[] = [];

  /** The bytes from `start` to `end`, of which there are at most DATA_BYTES_MAX. */
  copy(bytes: Uint8Array, start: ByteCount, end: ByteCount): Uint8Array<ArrayBuffer> {
    const length = end - start;
    const source = length === bytes.length ? bytes : bytes.subarray(start, end);
    if (length <= INLINE_MAX) return new Uint8Array(source);
    const copy = length > SLAB_SHARE_MAX ? this.#piece(length) : this.#share(length);
    copy.set(source);
    return copy;
  }
  /** The reliable layer has this copy now. */
  lend(copy: Uint8Array): void {
    if (copy.length === DATA_BYTES_MAX) this.#lent.push(copy as Uint8Array<ArrayBuffer>);
  }
  /** Runs a flush of the reliable layer: after it, it reads none of those that it was lent before. What it sends on drain comes later. */
  around(flush: () => void): void {
    const lent = this.#lent;
    this.#lent = [];
    flush();
    for (const copy of lent) {
      poison(copy);
      if (this.#free.length < FREE_MAX) this.#free.push(copy);
    }
  }

  #piece(length: ByteCount): Uint8Array<ArrayBuffer> {
    return (length === DATA_BYTES_MAX ? this.#free.pop() : undefined) ?? new Uint8Array(length);
  }
  #share(length: ByteCount): Uint8Array<ArrayBuffer> {
    if (this.#slabUsed + length > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_BYTES);
      this.#slabUsed = 0;
    }
    const share = this.#slab.subarray(this.#slabUsed, this.#slabUsed + length);
    this.#slabUsed += length;
    return share;
  }
}

/**
 * Are these bytes that can be sent? A Buffer and a view of any part of a buffer are.
 * @throws {PlaygroundError} ARGUMENT_INVALID: no Uint8Array; memory that another thread may write to meanwhile; memory that
 *   has been transferred or cut off.
 */
export function assertBytes(bytes: Uint8Array): void {
  if (!(bytes instanceof Uint8Array) && (bytes as Uint8Array | undefined)?.[Symbol.toStringTag] !== 'Uint8Array') {
    throw new PlaygroundError('ARGUMENT_INVALID', 'only a Uint8Array can be sent');
  }
  if (typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer) {
    throw new PlaygroundError('ARGUMENT_INVALID', 'bytes of a SharedArrayBuffer cannot be sent: copy them first');
  }
  // A view whose memory is gone says 0; only then is it worth the question, which the constructor answers.
  if (bytes.length === 0 && isGone(bytes)) {
    throw new PlaygroundError('ARGUMENT_INVALID', 'the buffer of these bytes has been transferred or cut off');
  }
}

function isGone(bytes: Uint8Array): boolean {
  try {
    return new Uint8Array(bytes).length > 0;
  } catch {
    return true;
  }
}
