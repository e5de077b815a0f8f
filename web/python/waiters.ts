import type { Milliseconds } from '../../protocol/units.ts';

/** What a wait ended with, as shim/switching.py names it. */
export const Woken = { TimedOut: 0, Ready: 1, Signalled: 2 } as const;
export type WaitResult = number | string;

/** Descriptors and the events wanted of each, flat: fd, events, fd, events … */
export type Interests = ArrayLike<number>;

type Waiter = {
  readonly interests: Interests | undefined;
  /** Only the main thread takes signals, as in CPython. */
  readonly isMain: boolean;
  readonly site: number;
  readonly since: Milliseconds;
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  timer: ReturnType<typeof setTimeout> | undefined;
  result: WaitResult | undefined;
};

export type Blocked = {
  readonly id: number;
  readonly site: number;
  readonly since: Milliseconds;
  readonly isMain: boolean;
};

const TIMEOUT_MAX: Milliseconds = 0x7fff_ffff;

/**
 * The one thing a green thread can wait on: readiness of descriptors, being woken, a deadline, a signal or an answer.
 * A waiter is a number, so that Python can hold it without a proxy.
 */
export class Waiters {
  readonly #waiters = new Map<number, Waiter>();
  readonly #isReady: (fd: number, events: number) => boolean;
  readonly #channel = new MessageChannel();
  readonly #ticks: number[] = [];
  #next = 1;
  #signal = 0;

  constructor(isReady: (fd: number, events: number) => boolean) {
    this.#isReady = isReady;
    this.#channel.port1.onmessage = () => {
      const id = this.#ticks.shift();
      if (id !== undefined) this.settle(id, Woken.Ready);
    };
  }

  /** Waits for any of the interests, at the most so long; -1: for ever. */
  wait(interests: Interests | undefined, ms: Milliseconds, isMain: boolean, site: number): number {
    const id = this.#add(interests, isMain, site);
    if (isMain && this.#signal) this.settle(id, Woken.Signalled);
    else if (interests && this.#anyReady(interests)) this.settle(id, Woken.Ready);
    else if (ms === 0) this.settle(id, Woken.TimedOut);
    else if (ms > 0) this.#startTimer(id, ms);
    return id;
  }
  /** Waits for `settle`, whatever it brings. */
  pending(site: number): number {
    return this.#add(undefined, false, site);
  }
  settled(result: WaitResult): number {
    const id = this.#add(undefined, false, 0);
    this.settle(id, result);
    return id;
  }
  /** Waits for the next turn of the event loop: messages that have arrived are handled first. */
  tick(): number {
    const id = this.#add(undefined, false, 0);
    this.#ticks.push(id);
    this.#channel.port2.postMessage(0);
    return id;
  }

  settle(id: number, result: WaitResult): void {
    const waiter = this.#waiters.get(id);
    if (!waiter || waiter.result !== undefined) return;
    waiter.result = result;
    clearTimeout(waiter.timer);
    waiter.resolve();
  }
  has(id: number): boolean {
    return this.#waiters.has(id);
  }
  promise(id: number): Promise<void> {
    return this.#waiters.get(id)?.promise ?? Promise.resolve();
  }
  /** Takes the result of a settled waiter, which then is no more. */
  take(id: number): WaitResult {
    const result = this.#waiters.get(id)?.result ?? Woken.TimedOut;
    this.#waiters.delete(id);
    return result;
  }
  drop(id: number): void {
    clearTimeout(this.#waiters.get(id)?.timer);
    this.#waiters.delete(id);
  }

  /** The descriptors that a waiter waits for. */
  descriptorsOf(id: number): number[] {
    return Array.from(this.#waiters.get(id)?.interests ?? []).filter((_, index) => index % 2 === 0);
  }
  /** Where in the program a waiter waits, and since when. */
  placeOf(id: number): Pick<Waiter, 'site' | 'since'> | undefined {
    return this.#waiters.get(id);
  }

  /** Something about descriptors has changed. */
  recheck(): void {
    for (const [id, { interests, result }] of this.#waiters) {
      if (interests && result === undefined && this.#anyReady(interests)) this.settle(id, Woken.Ready);
    }
  }

  signal(number: number): void {
    this.#signal = number;
    for (const [id, waiter] of this.#waiters) {
      if (waiter.isMain && waiter.result === undefined) {
        this.settle(id, Woken.Signalled);
        return;
      }
    }
  }
  takeSignal(): number {
    const number = this.#signal;
    this.#signal = 0;
    return number;
  }

  /** Who waits now, and where in the program. */
  blocked(): Blocked[] {
    const blocked: Blocked[] = [];
    for (const [id, { site, since, isMain, result }] of this.#waiters) {
      if (site > 0 && result === undefined) blocked.push({ id, site, since, isMain });
    }
    return blocked;
  }

  #add(interests: Interests | undefined, isMain: boolean, site: number): number {
    const id = this.#next;
    this.#next = id === TIMEOUT_MAX ? 1 : id + 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    const since = performance.now();
    this.#waiters.set(id, { interests, isMain, site, since, promise, resolve, timer: undefined, result: undefined });
    return id;
  }
  #startTimer(id: number, ms: Milliseconds): void {
    const waiter = this.#waiters.get(id);
    // Rounded up: a program must never find that it woke before its deadline.
    if (waiter) waiter.timer = setTimeout(() => this.settle(id, Woken.TimedOut), Math.min(Math.ceil(ms), TIMEOUT_MAX));
  }
  #anyReady(interests: Interests): boolean {
    for (let index = 0; index < interests.length; index += 2) {
      if (this.#isReady(interests[index] as number, interests[index + 1] as number)) return true;
    }
    return false;
  }
}
