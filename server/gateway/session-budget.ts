import type { Clock } from '../../protocol/clock.ts';
import { PlaygroundError } from '../../protocol/errors.ts';
import { FrameType, HEADER_BYTES } from '../../protocol/frame.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { GatewayLimits } from './limits.ts';

/** An honest browser acknowledges what it receives, however fast that is: eight of them count as one frame. */
const ACK_COST = 1 / 8;

/** What one session may ask of the gateway per second. */
export class SessionBudget {
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #opens: TokenBucket;
  readonly #now: Clock['now'];

  constructor(now: Clock['now'], limits: GatewayLimits) {
    this.#now = now;
    this.#frames = new TokenBucket(now, limits.framesPerSecond, limits.framesBurst);
    this.#bytes = new TokenBucket(now, limits.bytesPerSecond, limits.bytesBurst);
    this.#opens = new TokenBucket(now, limits.opensPerSecond, limits.opensBurst);
  }

  /** A WebSocket message came; it has not been parsed. Returns what it costs, in frames. */
  charge(message: Uint8Array): number {
    const cost = costOf(message);
    const now = this.#now();
    this.#bytes.take(message.length, now);
    this.#frames.take(cost, now);
    return cost;
  }
  /** A ping or pong of the WebSocket itself came. */
  chargeControl(): void {
    this.#frames.take(1);
  }
  /** How far the session is ahead of its budget; 0 while it keeps it. */
  wait(): Milliseconds {
    const now = this.#now();
    return Math.max(this.#frames.wait(0, now), this.#bytes.wait(0, now));
  }

  /** Which destinations are new is counted elsewhere (destinations.ts). @throws {PlaygroundError} OPEN_RATE_EXCEEDED */
  open(): void {
    if (!this.#opens.tryTake(1)) throw new PlaygroundError('OPEN_RATE_EXCEEDED', 'too many sockets too fast');
  }
}

/** In frames, by their headers alone; whether they make sense is found out later, by who parses them. */
function costOf(message: Uint8Array): number {
  let cost = 0;
  for (let offset = 0; offset + HEADER_BYTES <= message.length; ) {
    cost += message[offset] === FrameType.ACK ? ACK_COST : 1;
    offset += HEADER_BYTES + (((message[offset + 1] as number) << 8) | (message[offset + 2] as number));
  }
  return cost;
}
