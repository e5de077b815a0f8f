import type { Milliseconds } from '../../protocol/units.ts';

/** A frame or two: what changes together is told together. */
const LOOK_AFTER: Milliseconds = 30;

/** Looks again whenever something has changed, while that is asked for; never twice at once. */
export class Looks {
  readonly #isWanted: () => boolean;
  readonly #look: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLooking = false;

  constructor(isWanted: () => boolean, look: () => Promise<void>) {
    this.#isWanted = isWanted;
    this.#look = look;
  }

  /** Something has changed. What the look itself does is no change. */
  soon(): void {
    if (this.#isLooking || !this.#isWanted()) return;
    this.#timer ??= setTimeout(() => void this.#run(), LOOK_AFTER);
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    if (!this.#isWanted()) return;
    this.#isLooking = true;
    try {
      await this.#look();
    } finally {
      this.#isLooking = false;
    }
  }
}
