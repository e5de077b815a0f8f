import type { Milliseconds } from '../../protocol/units.ts';
import type { Call } from './expectation.ts';

export type WaitOptions = {
  /** 5,000 unless the peer was made with another one. */
  readonly timeout?: Milliseconds;
};

/** Those who wait for something to become of a socket. */
export class Waiting {
  readonly #checks = new Set<() => void>();

  /** Something has changed: each looks again. */
  readonly wake = (): void => {
    for (const check of [...this.#checks]) check();
  };

  /**
   * What `look` finds, now or after a change.
   * @throws {SocketExpectationError} at the caller's line: what `look` returns as an error, or after `timeout` what `explain` says
   */
  until<T>(call: Call, timeout: Milliseconds, look: () => T | Refusal | undefined, explain: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#checks.delete(check);
        settle();
      };
      const check = (): void => {
        const found = look();
        if (found instanceof Refusal) end(() => reject(call.error(found.message)));
        else if (found !== undefined) end(() => resolve(found));
      };
      const timer = setTimeout(() => end(() => reject(call.error(`${timeout} ms passed: ${explain()}`))), timeout);
      this.#checks.add(check);
      check();
    });
  }
}

/** It can no longer come: waiting would not help. */
export class Refusal {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
