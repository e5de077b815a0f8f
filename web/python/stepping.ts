import type { WaitResult } from './waiters.ts';

/** What a stop waits with: see Waiters. */
export type StopWaiters = {
  readonly wait: (interests: undefined, ms: number, isMain: boolean, site: number) => number;
  readonly settle: (id: number, result: WaitResult) => void;
};

/** shim/switching.py's READY. */
const READY = 1;

/**
 * Whether the threads of the process stand before each of their socket calls until they are let go on. A thread that waits within
 * a call goes on waiting: it stands before its next one.
 */
export class Stepping {
  readonly #waiters: StopWaiters;
  readonly #onChange: () => void;
  /** In the order in which the threads came to stand. */
  readonly #stops = new Set<number>();
  #isOn = false;

  constructor(waiters: StopWaiters, onChange: () => void) {
    this.#waiters = waiters;
    this.#onChange = onChange;
  }

  get isOn(): boolean {
    return this.#isOn;
  }
  /** Whether a waiter is such a stop. */
  has(waiter: number): boolean {
    return this.#stops.has(waiter);
  }
  /** A thread stands before a call; the waiter that it sleeps on. */
  stand(isMain: boolean, site: number): number {
    const waiter = this.#waiters.wait(undefined, -1, isMain, site);
    this.#stops.add(waiter);
    this.#onChange();
    return waiter;
  }
  /** The thread no longer stands: it was let go, or a signal woke it. */
  left(waiter: number): void {
    if (this.#stops.delete(waiter)) this.#onChange();
  }

  pause(): void {
    this.#isOn = true;
    this.#onChange();
  }
  /** The thread that has stood longest makes its call. */
  next(): void {
    const [first] = this.#stops;
    if (first === undefined) return;
    this.#stops.delete(first);
    this.#waiters.settle(first, READY);
    this.#onChange();
  }
  resume(): void {
    this.#isOn = false;
    for (const waiter of this.#stops) this.#waiters.settle(waiter, READY);
    this.#stops.clear();
    this.#onChange();
  }
}
