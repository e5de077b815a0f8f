import { frameCost, SendCredit } from '../../../protocol/credit.ts';
import { Fifo } from '../../../protocol/fifo.ts';
import { FrameType } from '../../../protocol/frame.ts';
import type { ByteCount } from '../../../protocol/units.ts';

export type OutboundFrame = {
  readonly type: FrameType;
  readonly payload: Uint8Array;
  /** Bytes that count against credit: those of the stream, not those of the frame's own fields. */
  readonly cost: ByteCount;
};

/** What one stream has for the browser, in order: DATA as far as credit goes, and after the last byte how it ended. */
export class Outbound {
  readonly credit = new SendCredit();
  readonly #queue = new Fifo<OutboundFrame>();
  #bytes: ByteCount = 0;
  #weight: ByteCount = 0;

  /** Stream bytes that wait. */
  get bytes(): ByteCount {
    return this.#bytes;
  }
  /** What they take of memory: a short frame more than its bytes. */
  get weight(): ByteCount {
    return this.#weight;
  }
  get length(): number {
    return this.#queue.length;
  }
  push(type: FrameType, payload: Uint8Array, cost: ByteCount): void {
    this.#queue.push({ type, payload, cost });
    this.#bytes += cost;
    this.#weight += frameCost(payload.length);
  }
  /** The next frame that credit allows. */
  peek(): OutboundFrame | undefined {
    const next = this.#queue.peek();
    return next && next.type === FrameType.DATA && next.cost > this.credit.available ? undefined : next;
  }
  /** Takes what `peek` returned. */
  shift(): void {
    const { type, payload, cost } = this.#queue.shift() as OutboundFrame;
    this.#bytes -= cost;
    this.#weight -= frameCost(payload.length);
    if (type === FrameType.DATA) this.credit.spend(cost);
  }
  clear(): void {
    this.#queue.clear();
    this.#bytes = 0;
    this.#weight = 0;
  }
}
