import type { Clock } from '../../../protocol/clock.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';

const KNOWN = 256;

/**
 * What one learner may name, in whichever way: OPEN, DGRAM, CALL connect and CALL getaddrinfo share so many new names and
 * endpoints a minute. Those named last are known, and free.
 */
export class Destinations {
  readonly #bucket: TokenBucket;
  /** The one that was named longest ago is first. */
  readonly #known = new Set<string>();
  /** The room whose learners' listeners may be named; undefined: those of the learners who are in none. */
  room: string | undefined;

  constructor(now: Clock['now'], perMinute: number) {
    this.#bucket = new TokenBucket(now, perMinute / 60, perMinute);
  }

  /** Call before anything is asked of anybody about it. @throws {PlaygroundError} DESTINATION_RATE_EXCEEDED */
  charge(destination: string): void {
    if (!this.#known.has(destination) && !this.#bucket.tryTake(1)) {
      throw new PlaygroundError('DESTINATION_RATE_EXCEEDED', 'too many new destinations');
    }
    this.know(destination);
  }
  /** It sent something first, so to answer it is no search for destinations. */
  know(destination: string): void {
    this.#known.delete(destination);
    this.#known.add(destination);
    if (this.#known.size <= KNOWN) return;
    for (const oldest of this.#known) {
      this.#known.delete(oldest);
      return;
    }
  }
}

/** As OPEN and DGRAM name it; a name to be looked up stands for itself. */
export function destinationKey(transport: 'tcp' | 'udp', host: string, port: number): string {
  return `${transport} ${host} ${port}`;
}
