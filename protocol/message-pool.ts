import { createPayload, HEADER_BYTES, MESSAGE_BYTES_MAX } from './frame.ts';
import type { ByteCount } from './units.ts';

/** Below this a buffer of its own costs less than the long one that would be used again. */
const POOLED_FROM: ByteCount = 8_192;

/**
 * Buffers of long messages, used again once the other side has acknowledged them. Each new one would count towards a
 * collection of the whole heap, which a fast transfer then has dozens of a second.
 */
export class MessagePool {
  readonly #free: ArrayBuffer[] = [];
  readonly #limit: number;

  /** Keeps at most `limit` buffers of MESSAGE_BYTES_MAX that nobody uses. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get free(): number {
    return this.#free.length;
  }
  /** A message of `length` bytes, whatever they are. */
  take(length: ByteCount): Uint8Array<ArrayBuffer> {
    if (length < POOLED_FROM || length > MESSAGE_BYTES_MAX) return new Uint8Array(length);
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(MESSAGE_BYTES_MAX), 0, length);
  }
  /** The same with room for the header before it: see `createPayload`. */
  takePayload(length: ByteCount): Uint8Array<ArrayBuffer> {
    return createPayload(length, this.take(HEADER_BYTES + length));
  }
  /** Nobody reads it any more. One that did not come from here is left to the collector. */
  give({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (buffer.byteLength === MESSAGE_BYTES_MAX && this.#free.length < this.#limit) this.#free.push(buffer);
  }
}
