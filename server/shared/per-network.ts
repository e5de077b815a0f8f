import type { Clock } from '../../protocol/clock.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';

/** A budget a minute for each network (network.ts); those that are full again are forgotten. */
export class PerNetwork {
  readonly #now: Clock['now'];
  readonly #perMinute: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(now: Clock['now'], perMinute: number) {
    this.#now = now;
    this.#perMinute = perMinute;
  }

  tryTake(network: string): boolean {
    const known = this.#buckets.get(network);
    if (known) return known.tryTake(1);
    const bucket = new TokenBucket(this.#now, this.#perMinute / 60, this.#perMinute);
    this.#buckets.set(network, bucket);
    return bucket.tryTake(1);
  }
  isEmpty(network: string): boolean {
    return (this.#buckets.get(network)?.wait(1) ?? 0) > 0;
  }
  sweep(): void {
    for (const [network, bucket] of this.#buckets) if (bucket.isFull) this.#buckets.delete(network);
  }
}
