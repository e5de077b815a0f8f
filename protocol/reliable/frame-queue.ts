import { type Frame, HEADER_BYTES, MESSAGE_BYTES_MAX, wrapPayload, writeFrame } from '../frame.ts';
import type { MessagePool } from '../message-pool.ts';
import type { ByteCount } from '../units.ts';

/** Frames that wait to share a message. */
export class FrameQueue {
  readonly #pool: MessagePool;
  #frames: Frame[] = [];
  #bytes: ByteCount = 0;

  constructor(pool: MessagePool) {
    this.#pool = pool;
  }

  /** Bytes of the frames that wait, headers included. */
  get bytes(): ByteCount {
    return this.#bytes;
  }
  /** Does one with such a payload still fit the message that the others will be? */
  hasRoomFor(payload: Uint8Array): boolean {
    return this.#bytes + HEADER_BYTES + payload.length <= MESSAGE_BYTES_MAX;
  }
  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += HEADER_BYTES + frame.payload.length;
  }
  /** All of them, back to back, and the seq of the last; undefined when there are none. */
  pack(): { message: Uint8Array<ArrayBuffer>; lastSeq: number } | undefined {
    const last = this.#frames.at(-1);
    if (!last) return undefined;
    const alone = this.#frames.length === 1 ? wrapPayload(last) : undefined;
    const message = alone ?? this.#join();
    this.#frames = [];
    this.#bytes = 0;
    return { message, lastSeq: last.seq };
  }

  #join(): Uint8Array<ArrayBuffer> {
    const message = this.#pool.take(this.#bytes);
    let offset = 0;
    for (const frame of this.#frames) offset = writeFrame(message, offset, frame);
    return message;
  }
}
