type Queue = { active: number; readonly waiting: (() => void)[] };
export type TurnLimits = { readonly all: number; readonly each: number; readonly waiting: number };

/** Bounds how many of something are under way, in all and for each asker. An asker that waits has its turn after all others. */
export class FairTurns<Asker extends object> {
  readonly #limits: TurnLimits;
  /** Askers with something under way or waiting; the one that had the latest turn is last. */
  readonly #queues = new Map<Asker, Queue>();
  #active = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** Runs when it is the asker's turn; `signal` gives up waiting. @throws what `run` throws; `signal.reason`; RangeError: too many wait */
  async run<Result>(asker: Asker, signal: AbortSignal, run: () => Promise<Result>): Promise<Result> {
    await this.#turn(asker, signal);
    try {
      return await run();
    } finally {
      this.#leave(asker);
    }
  }

  #turn(asker: Asker, signal: AbortSignal): Promise<void> {
    const queue = this.#queues.get(asker) ?? { active: 0, waiting: [] };
    if (queue.waiting.length >= this.#limits.waiting) throw new RangeError('too many wait');
    this.#queues.set(asker, queue);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      queue.waiting.splice(queue.waiting.indexOf(start), 1);
      this.#tidy(asker, queue);
      reject(signal.reason);
    };
    const start = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    queue.waiting.push(start);
    this.#next();
    return promise;
  }

  #leave(asker: Asker): void {
    this.#active -= 1;
    const queue = this.#queues.get(asker);
    if (queue) {
      queue.active -= 1;
      this.#tidy(asker, queue);
    }
    this.#next();
  }

  #next(): void {
    if (this.#active >= this.#limits.all) return;
    for (const [asker, queue] of this.#queues) {
      if (queue.active >= this.#limits.each) continue;
      const start = queue.waiting.shift();
      if (!start) continue;
      queue.active += 1;
      this.#active += 1;
      this.#queues.delete(asker);
      this.#queues.set(asker, queue);
      start();
      return;
    }
  }

  #tidy(asker: Asker, { active, waiting }: Queue): void {
    if (active === 0 && waiting.length === 0) this.#queues.delete(asker);
  }
}
