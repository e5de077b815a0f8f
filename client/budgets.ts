import type { Clock } from '../protocol/clock.ts';
import { FrameType, HEADER_BYTES } from '../protocol/frame.ts';
import type { Limits } from '../protocol/messages/session.ts';
import { TokenBucket } from '../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../protocol/units.ts';

/** The announced rates are kept with this margin: clocks differ, and acknowledgements count as frames too. */
const RATE_MARGIN = 0.9;

/** What WELCOME allows a session, obeyed by slowing down (rule F9). */
export class Budgets {
  /** After an outage all that is unacknowledged comes at once, and must not look like a flood. */
  readonly framesAtOnce: number;
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #opens: TokenBucket;
  readonly #datagrams: TokenBucket;

  constructor({ now }: Clock, limits: Limits) {
    const bucket = (rate: number, burst: number): TokenBucket =>
      new TokenBucket(now, rate * RATE_MARGIN, burst * RATE_MARGIN);
    this.framesAtOnce = limits.framesBurst / 2;
    this.#frames = bucket(limits.framesPerSecond, limits.framesBurst);
    this.#bytes = bucket(limits.bytesPerSecond, limits.bytesBurst);
    this.#opens = bucket(limits.opensPerSecond, limits.opensBurst);
    this.#datagrams = bucket(limits.datagramsPerSecond, limits.datagramsPerSecond);
  }

  /** Takes what frames cost that do not wait, or have waited. */
  take(frames: number, bytes: ByteCount, now?: Milliseconds): void {
    this.#frames.take(frames, now);
    this.#bytes.take(bytes, now);
  }
  /** How long a frame with such a payload waits. */
  wait(payload: ByteCount, now: Milliseconds): Milliseconds {
    return Math.max(this.#frames.wait(1, now), this.#bytes.wait(HEADER_BYTES + payload, now));
  }
  /** Some kinds of frames have a budget of their own beside. */
  waitFor(type: FrameType): Milliseconds {
    if (type === FrameType.DGRAM) return this.#datagrams.wait(1);
    return type === FrameType.OPEN ? this.#opens.wait(1) : 0;
  }
  takeFor(type: FrameType): void {
    if (type === FrameType.DGRAM) this.#datagrams.take(1);
    else if (type === FrameType.OPEN) this.#opens.take(1);
  }
}
