import type { Clock } from '../../protocol/clock.ts';
import { PlaygroundError } from '../../protocol/errors.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { GatewayLimits } from './limits.ts';

/** What one session may ask of the gateway per second. */
export class SessionBudget {
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #opens: TokenBucket;
  readonly #destinations: TokenBucket;
  readonly #known = new Set<string>();

  constructor(now: Clock['now'], limits: GatewayLimits) {
    this.#frames = new TokenBucket(now, limits.framesPerSecond, limits.framesBurst);
    this.#bytes = new TokenBucket(now, limits.bytesPerSecond, limits.bytesBurst);
    this.#opens = new TokenBucket(now, limits.opensPerSecond, limits.opensBurst);
    this.#destinations = new TokenBucket(now, limits.destinationsPerMinute / 60, limits.destinationsPerMinute);
  }

  /** A WebSocket message came. Returns how far the session is ahead of its budget; 0 while it keeps it. */
  receive(bytes: ByteCount): Milliseconds {
    this.#bytes.take(bytes);
    return Math.max(this.#frames.wait(0), this.#bytes.wait(0));
  }
  /** One frame of it. */
  charge(): void {
    this.#frames.take(1);
  }

  /** @throws {PlaygroundError} OPEN_RATE_EXCEEDED, DESTINATION_RATE_EXCEEDED */
  open(destination: string | undefined): void {
    if (!this.#opens.tryTake(1)) throw new PlaygroundError('OPEN_RATE_EXCEEDED', 'too many sockets too fast');
    if (destination === undefined || this.#known.has(destination)) return;
    if (!this.#destinations.tryTake(1)) {
      throw new PlaygroundError('DESTINATION_RATE_EXCEEDED', 'too many new destinations');
    }
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.add(destination);
  }
}

const KNOWN_MAX = 256;
