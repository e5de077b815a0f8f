import type { Milliseconds } from '../../../protocol/units.ts';

/** Work that can wait, and what its session has used of the processor lately. */
export type Turn = {
  readonly budget: { readonly recentWork: () => Milliseconds };
  readonly run: () => void;
};

/**
 * What of one round of the event loop goes to what the tabs ask. An echo takes three rounds, and waits for as much in each:
 * where several ask, a round is short. One alone has longer ones: each costs system calls of its own.
 */
const ROUND: { readonly shared: Milliseconds; readonly alone: Milliseconds } = { shared: 4, alone: 10 };
/** Less than this in a round may count for the next one: it is not worth an immediate of its own. */
const UNTIMED: Milliseconds = 1;

/**
 * Which tab is served in this round of the event loop: in the order of arrival while there is time; then those that wait, the tab that
 * used least first. So many tabs, each of them within its budget, do not keep one waiting that asks for little.
 */
export class Turns {
  readonly #schedule: (run: () => void) => void;
  #waiting = new Set<Turn>();
  #spent: Milliseconds = 0;
  /** The tab that spent last; several have in this round, or had in the one before. */
  #spender: object | undefined;
  #isShared = false;
  #wasShared = false;
  #isScheduled = false;

  /** `schedule`: once the event loop has been round. */
  constructor(schedule: (run: () => void) => void = setImmediate) {
    this.#schedule = schedule;
  }

  /** Is there time left in this round? */
  get hasTime(): boolean {
    return this.#spent < (this.#isShared || this.#wasShared ? ROUND.shared : ROUND.alone);
  }
  /** Processor time was spent; for whom, is told apart by the object. */
  spend(time: Milliseconds, spender: object): void {
    this.#spent += time;
    if (spender !== this.#spender) {
      this.#isShared = this.#spender !== undefined;
      this.#spender = spender;
    }
    if (this.#spent > UNTIMED) this.#next();
  }
  /** `run` is called in a later round, once. */
  wait(turn: Turn): void {
    this.#waiting.add(turn);
    this.#next();
  }
  forget(turn: Turn): void {
    this.#waiting.delete(turn);
  }

  #next(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => this.#onRound());
  }
  #onRound(): void {
    this.#isScheduled = false;
    this.#spent = 0;
    this.#wasShared = this.#isShared;
    this.#isShared = false;
    if (this.#waiting.size === 0) return;
    const ranked = [...this.#waiting].map((turn) => ({ turn, work: turn.budget.recentWork() }));
    ranked.sort((a, b) => a.work - b.work);
    for (const { turn } of ranked) {
      if (!this.hasTime) break;
      if (this.#waiting.delete(turn)) turn.run();
    }
    if (this.#waiting.size > 0) this.#next();
  }
}
