import { createPayload, HEADER_BYTES, MESSAGE_BYTES_MAX } from './frame.ts';
import type { ByteCount } from './units.ts';

/** Below this a buffer of its own costs less than the long one that would be used again. */
const POOLED_FROM: ByteCount = 8_192;
/** One recv(2) of the usual size in its frame, or a whole message: no message holds more than four times what it fills. */
const SIZES: readonly ByteCount[] = [33_280, MESSAGE_BYTES_MAX];
/** So many looks in a row at a pool that nobody took from, then it keeps nothing. */
const IDLE_LOOKS = 4;
/** What a buffer that was given back is filled with while poisoning is on. @internal For tests. */
export const POISON = 0xdb;

let isPoisoning = false;

/** What was given back is overwritten at once, so that whoever reads it late is seen. @internal For tests and soaks. */
export function setPoisoning(isOn: boolean): void {
  isPoisoning = isOn;
}
/** The bytes are on loan no more; while poisoning is on they are overwritten. */
export function poison(bytes: Uint8Array): void {
  if (isPoisoning) bytes.fill(POISON);
}

/**
 * Buffers of long messages, used again by their owner once nobody else can read them: decision 013 says when that is. Each
 * new one would count towards a collection of the whole heap, which a fast transfer then has dozens of a second.
 */
export class MessagePool {
  readonly #free = SIZES.map((): ArrayBuffer[] => []);
  readonly #limit: number;
  /** Those that are out: only what came from here is taken back, and only once. */
  readonly #lent = new WeakSet<ArrayBuffer>();
  #looks = 0;

  /** Keeps at most `limit` buffers of each size that nobody uses. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get free(): number {
    return this.#free.reduce((sum, { length }) => sum + length, 0);
  }
  /** A message of `length` bytes, whatever they are. */
  take(length: ByteCount): Uint8Array<ArrayBuffer> {
    const size = length < POOLED_FROM ? -1 : SIZES.findIndex((bytes) => length <= bytes);
    if (size < 0) return new Uint8Array(length);
    this.#looks = 0;
    const buffer = this.#free[size]?.pop() ?? new ArrayBuffer(SIZES[size] as ByteCount);
    this.#lent.add(buffer);
    return new Uint8Array(buffer, 0, length);
  }
  /** The same with room for the header before it: see `createPayload`. */
  takePayload(length: ByteCount): Uint8Array<ArrayBuffer> {
    return createPayload(length, this.take(HEADER_BYTES + length));
  }
  /** Nobody reads it any more. One that did not come from here, or has come back already, is left to the collector. */
  give({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (!this.#lent.delete(buffer)) return;
    poison(new Uint8Array(buffer));
    const free = this.#free[SIZES.indexOf(buffer.byteLength)];
    if (free && free.length < this.#limit) free.push(buffer);
  }
  /** Looked at now and then: what has not been of use for some looks is kept no longer. */
  look(): void {
    this.#looks += 1;
    if (this.#looks >= IDLE_LOOKS) for (const free of this.#free) free.length = 0;
  }
}
