import type { Cancel, Clock } from '../clock.ts';
import type { ByteCount, Milliseconds } from '../units.ts';

type ReplayBudgetOptions = {
  readonly clock: Clock;
  /** How long so many bytes of a replay wait; 0 takes them. */
  readonly wait: ((bytes: ByteCount) => Milliseconds) | undefined;
  /** The wait is over. */
  readonly onDue: () => void;
};

/** When the next message of a replay may go: it takes of the session's budget what its first sending took. */
export class ReplayBudget {
  readonly #options: ReplayBudgetOptions;
  #cancel: Cancel | undefined;

  constructor(options: ReplayBudgetOptions) {
    this.#options = options;
  }

  /** Whether a message of so many bytes has to wait; `onDue` then says when to ask again. */
  mustWait(bytes: ByteCount): boolean {
    const { clock, wait, onDue } = this.#options;
    if (this.#cancel) return true;
    const span = wait?.(bytes) ?? 0;
    if (span === 0) return false;
    this.#cancel = clock.after(span, () => {
      this.#cancel = undefined;
      onDue();
    });
    return true;
  }
  /** Nothing waits any more. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
