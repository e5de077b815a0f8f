import type { Clock } from '../../protocol/clock.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { PerNetwork } from '../shared/per-network.ts';

const WRONG_PER_MINUTE_AND_NETWORK = 10;
const WRONG_PER_MINUTE = 200;
const GUESS_DELAY: Milliseconds = 1_000;

/**
 * How fast codes can be guessed. Nobody is refused for what others guess: once wrong ones have used up the budget, a code is
 * looked at a moment later, right or wrong, one at a time for each page. So a class behind one address comes in, and whoever
 * tries codes there tries one a second.
 */
export class Guesses {
  readonly #inAll: TokenBucket;
  readonly #perNetwork: PerNetwork;

  constructor(now: Clock['now']) {
    this.#inAll = new TokenBucket(now, WRONG_PER_MINUTE / 60, WRONG_PER_MINUTE);
    this.#perNetwork = new PerNetwork(now, WRONG_PER_MINUTE_AND_NETWORK);
  }

  /** How long a code of this network waits before it is looked at. */
  wait(network: string): Milliseconds {
    return this.#inAll.wait(1) > 0 || this.#perNetwork.isEmpty(network) ? GUESS_DELAY : 0;
  }
  /** A code was wrong. False: there have been too many. */
  charge(network: string): boolean {
    const isFew = this.#perNetwork.tryTake(network);
    return this.#inAll.tryTake(1) && isFew;
  }
  sweep(): void {
    this.#perNetwork.sweep();
  }
}
