import { PlaygroundError } from './errors.ts';
import type { ByteCount } from './units.ts';

/** What each side may have under way per stream and direction. */
export const WINDOW_BYTES: ByteCount = 262_144;
/**
 * No DATA frame counts for more: of what has been read, almost a quarter of the window may not be granted back yet, and a
 * larger frame would then wait for ever. Nor for more than a frame's length field takes beside the time.
 */
export const DATA_COST_MAX: ByteCount = Math.min((WINDOW_BYTES / 4) * 3, 65_527);

/** No frame counts for less where it waits by itself: what holds it takes more memory than its bytes. */
export const FRAME_COST_MIN: ByteCount = 256;
/** What a frame counts for that is so long. */
export function frameCost(bytes: ByteCount): ByteCount {
  return Math.max(bytes, FRAME_COST_MIN);
}
/** Short sends that wait for a socket share a buffer: none counts for less in credit ↑. */
export const DATA_COST_MIN: ByteCount = 64;
/** What a send of so many bytes counts for in credit ↑. */
export function dataCost(bytes: ByteCount): ByteCount {
  return Math.max(bytes, DATA_COST_MIN);
}

/** How many bytes the peer still permits us to send on one stream. */
export class SendCredit {
  #available: ByteCount;

  constructor(window: ByteCount = WINDOW_BYTES) {
    this.#available = window;
  }
  get available(): ByteCount {
    return this.#available;
  }
  /** Call with at most `available`. */
  spend(count: ByteCount): void {
    this.#available -= count;
  }
  grant(count: ByteCount): void {
    this.#available += count;
  }
}

/** What the peer may send on one stream, and how much of it is used up. */
export class ReceiveWindow {
  readonly #window: ByteCount;
  #open: ByteCount;
  #consumed: ByteCount = 0;

  constructor(window: ByteCount = WINDOW_BYTES) {
    this.#window = window;
    this.#open = window;
  }
  /** Bytes arrived. @throws {PlaygroundError} CREDIT_OVERDRAFT: more than was granted. */
  receive(count: ByteCount): void {
    if (count > this.#open) throw new PlaygroundError('CREDIT_OVERDRAFT', `${count} bytes, ${this.#open} granted`);
    this.#open -= count;
  }
  /**
   * Bytes were read by whom they are for. Returns what to grant back now: nothing, or a lump of a quarter window or more.
   * @throws {PlaygroundError} CREDIT_OVERDRAFT: more than was received.
   */
  consume(count: ByteCount): ByteCount {
    const unread = this.#window - this.#open - this.#consumed;
    if (count > unread) throw new PlaygroundError('CREDIT_OVERDRAFT', `${count} bytes read, ${unread} received`);
    this.#consumed += count;
    if (this.#consumed < this.#window / 4) return 0;
    const grant = this.#consumed;
    this.#consumed = 0;
    this.#open += grant;
    return grant;
  }
}
