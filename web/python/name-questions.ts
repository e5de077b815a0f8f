import type { GatewayCommand } from './gateway-port.ts';
import type { Waiters } from './waiters.ts';

/** Addresses of names, asked of the gateway; a waiter's result is the answer, `!CODE` where there is none. */
export class NameQuestions {
  readonly #waiters: Waiters;
  readonly #command: (command: GatewayCommand) => void;
  readonly #asked = new Map<number, number>();
  #next = 1;

  constructor(waiters: Waiters, command: (command: GatewayCommand) => void) {
    this.#waiters = waiters;
    this.#command = command;
  }

  /** `address address …` */
  resolve(host: string, family: 0 | 4 | 6, site: number): number {
    const question = this.#next;
    this.#next += 1;
    const waiter = this.#waiters.pending(site);
    this.#asked.set(question, waiter);
    this.#command({ op: 'resolve', question, host, family });
    return waiter;
  }
  onAnswer(question: number, answer: string): void {
    const waiter = this.#asked.get(question);
    this.#asked.delete(question);
    if (waiter !== undefined) this.#waiters.settle(waiter, answer);
  }
}
