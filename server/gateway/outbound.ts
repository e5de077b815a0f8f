import { SendCredit } from '../../protocol/credit.ts';
import { FrameType } from '../../protocol/frame.ts';
import type { ByteCount } from '../../protocol/units.ts';

export type OutboundFrame = {
  readonly type: FrameType;
  readonly payload: Uint8Array;
  /** Bytes that count against credit: those of the stream, not those of the frame's own fields. */
  readonly cost: ByteCount;
};

/**
 * What one stream has for the browser, in order: DATA as far as credit goes, and after the last byte how it ended.
 * Most streams are idle most of the time, so an empty queue holds no array.
 */
export class Outbound {
  readonly credit = new SendCredit();
  #queue: OutboundFrame[] | undefined;
  #head = 0;
  #bytes: ByteCount = 0;

  /** Stream bytes that wait. */
  get bytes(): ByteCount {
    return this.#bytes;
  }
  get length(): number {
    return this.#queue ? this.#queue.length - this.#head : 0;
  }
  push(type: FrameType, payload: Uint8Array, cost: ByteCount): void {
    this.#queue ??= [];
    this.#queue.push({ type, payload, cost });
    this.#bytes += cost;
  }
  /** The next frame that credit allows. */
  peek(): OutboundFrame | undefined {
    const next = this.#queue?.[this.#head];
    return next && next.type === FrameType.DATA && next.cost > this.credit.available ? undefined : next;
  }
  shift(): void {
    const queue = this.#queue as OutboundFrame[];
    const next = queue[this.#head] as OutboundFrame;
    this.#head += 1;
    this.#bytes -= next.cost;
    if (next.type === FrameType.DATA) this.credit.spend(next.cost);
    if (this.#head === queue.length) {
      this.#queue = undefined;
      this.#head = 0;
    }
  }
  clear(): void {
    this.#queue = undefined;
    this.#head = 0;
    this.#bytes = 0;
  }
}
