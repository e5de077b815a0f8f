import type { Milliseconds } from '../../../protocol/units.ts';

/** How long a frame that is not urgent waits for others to travel with. */
const PUT_OFF: Milliseconds = 8;

/** Work of one session that is not urgent, done together. */
export class PutOff {
  readonly #guard: (run: () => void) => void;
  readonly #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `guard`: takes what one piece of work throws. */
  constructor(guard: (run: () => void) => void) {
    this.#guard = guard;
  }

  add(run: () => void): void {
    this.#waiting.push(run);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const late of this.#waiting.splice(0)) this.#guard(late);
    }, PUT_OFF);
  }
  /** The session is over. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }
}
