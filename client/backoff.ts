import type { Milliseconds } from '../protocol/units.ts';

const STEPS: readonly Milliseconds[] = [200, 500, 1_000, 2_000, 5_000];

/** How long each dial is put off (rule R9), or as long as GOAWAY said. */
export class Backoff {
  readonly #random: () => number;
  #failures = 0;
  #told: Milliseconds | undefined;

  /** `random`: 0 ≤ r < 1, spreads the dials of a class that lost its network together. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** The last dial has failed, or the WebSocket was cut. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }
  /** GOAWAY says when to dial next; undefined: it does not. */
  onGoaway(wait: Milliseconds | undefined): void {
    this.#told = wait;
  }
  /** One more failure: how long until the next dial. */
  next(): Milliseconds {
    const step = STEPS[Math.min(this.#failures, STEPS.length - 1)] as Milliseconds;
    const wait = this.#told ?? step * (0.5 + this.#random());
    this.#told = undefined;
    this.#failures += 1;
    return wait;
  }
  reset(): void {
    this.#failures = 0;
  }
}
