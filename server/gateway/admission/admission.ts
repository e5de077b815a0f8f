import type { Clock } from '../../../protocol/clock.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { TokenBucket } from '../../../protocol/token-bucket.ts';
import { PerNetwork } from '../../shared/per-network.ts';
import type { GatewayLimits } from '../limits.ts';
import { WrongTokens } from './wrong-tokens.ts';

/** How fast sessions come in, new ones and those that come back. */
export class Admission {
  readonly wrong: WrongTokens;
  readonly #now: Clock['now'];
  readonly #limits: GatewayLimits;
  readonly #new: PerNetwork;
  readonly #resumes: PerNetwork;

  constructor(now: Clock['now'], limits: GatewayLimits) {
    this.#now = now;
    this.#limits = limits;
    this.wrong = new WrongTokens(now, limits);
    this.#new = new PerNetwork(now, limits.hellosPerMinutePerAddress);
    this.#resumes = new PerNetwork(now, limits.resumesPerMinutePerAddress);
  }

  /** @throws {PlaygroundError} FRAME_RATE_EXCEEDED */
  assertNew(network: string): void {
    if (this.#new.tryTake(network)) return;
    throw tooMany(`${this.#limits.hellosPerMinutePerAddress} new sessions a minute`);
  }
  /** What a session may be resumed with. */
  createResumes(): TokenBucket {
    const { resumesPerMinute: perMinute } = this.#limits;
    return new TokenBucket(this.#now, perMinute / 60, perMinute / 2);
  }
  /** The session itself is not harmed: its browser dials again, later. @throws {PlaygroundError} FRAME_RATE_EXCEEDED */
  assertResume({ resumes, network }: { readonly resumes: TokenBucket; readonly network: string }): void {
    if (resumes.tryTake(1) && this.#resumes.tryTake(network)) return;
    throw tooMany('too many resumes');
  }
  sweep(): void {
    this.wrong.sweep();
    this.#new.sweep();
    this.#resumes.sweep();
  }
}

function tooMany(what: string): PlaygroundError {
  return new PlaygroundError('FRAME_RATE_EXCEEDED', what);
}
