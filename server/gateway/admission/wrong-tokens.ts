import type { Clock } from '../../../protocol/clock.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { PerNetwork } from '../../shared/per-network.ts';
import type { GatewayLimits } from '../limits.ts';

/**
 * How fast tokens can be guessed. Nobody is refused for what others guess: once wrong ones have used up the budget of their
 * network, or of all, a HELLO is looked at a moment later, right or wrong, so that silence tells a guesser nothing and each
 * guess under way holds a WebSocket of its own.
 */
export class WrongTokens {
  readonly #inAll: TokenBucket;
  readonly #perNetwork: PerNetwork;
  readonly #delay: Milliseconds;

  constructor(now: Clock['now'], limits: GatewayLimits) {
    const { wrongTokensPerMinute: perMinute } = limits;
    this.#inAll = new TokenBucket(now, perMinute / 60, perMinute);
    this.#perNetwork = new PerNetwork(now, limits.wrongTokensPerMinutePerAddress);
    this.#delay = limits.guessDelay;
  }

  charge(network: string): void {
    this.#inAll.tryTake(1);
    this.#perNetwork.tryTake(network);
  }
  /** How long a HELLO of this network waits before its token is looked at. */
  wait(network: string): Milliseconds {
    return this.#inAll.wait(1) > 0 || this.#perNetwork.isEmpty(network) ? this.#delay : 0;
  }
  sweep(): void {
    this.#perNetwork.sweep();
  }
}
