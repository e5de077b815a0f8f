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
  readonly isAsking: boolean;
  readonly site: number;
  readonly since: Milliseconds;
  promise: Promise<void>;
  resolve: () => void;
  timer: ReturnType<typeof setTimeout> | undefined;
  result: WaitResult | undefined;
  /** Of one that a signal has woken, what it was asked for and has come since. */
  answer?: WaitResult;
};

export type Blocked = {
  readonly id: number;
  readonly site: number;
  readonly since: Milliseconds;
  readonly isMain: boolean;
};

const TIMEOUT_MAX: Milliseconds = 0x7fff_ffff;
/** Threads that wake each other, or wait for what is ready already, hold the worker no longer: then messages and timers have their turn. */
const TURN_AFTER: Milliseconds = 8;

/**
 * The one thing a green thread can wait on: readiness of descriptors, being woken, a deadline, a signal or an answer.
 * A waiter is a number, so that Python can hold it without a proxy.
 *
 * A thread goes on in a microtask, and while there are microtasks the worker takes no message and no timer. So every few
 * milliseconds one goes on by way of the event loop.
 */
export class Waiters {
  readonly #waiters = new Map<number, Waiter>();
  readonly #isReady: (fd: number, events: number) => boolean;
  readonly #nextTurn: (run: () => void) => void;
  #turnedAt: Milliseconds = 0;
  #next = 1;
  #signal = 0;
  #isStopped = false;

  constructor(isReady: (fd: number, events: number) => boolean, nextTurn = createTurns()) {
    this.#isReady = isReady;
    this.#nextTurn = nextTurn;
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
  /** Waits for `settle`, whatever it brings: what it is told stays to be had when a signal comes first, see `again`. */
  pending(site: number, isMain = false): number {
    const id = this.#add(undefined, isMain, site, true);
    if (isMain && this.#signal) this.settle(id, Woken.Signalled);
    return id;
  }
  /** A signal has been dealt with: it goes on waiting. */
  again(id: number): void {
    const waiter = this.#waiters.get(id);
    if (!waiter) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    Object.assign(waiter, { promise, resolve, result: undefined });
    if (waiter.answer !== undefined) this.settle(id, waiter.answer);
    else if (waiter.isMain && this.#signal) this.settle(id, Woken.Signalled);
  }
  settled(result: WaitResult): number {
    const id = this.#add(undefined, false, 0);
    this.settle(id, result);
    return id;
  }
  /** Waits for the next turn of the event loop: messages that have arrived are handled first. */
  tick(): number {
    const id = this.#add(undefined, false, 0);
    this.#inTurn(() => this.settle(id, Woken.Ready));
    return id;
  }

  settle(id: number, result: WaitResult): void {
    const waiter = this.#waiters.get(id);
    if (!waiter || this.#isStopped) return;
    if (waiter.result !== undefined) {
      if (waiter.result === Woken.Signalled && result !== Woken.Signalled) waiter.answer ??= result;
      return;
    }
    waiter.result = result;
    clearTimeout(waiter.timer);
    if (performance.now() - this.#turnedAt < TURN_AFTER) waiter.resolve();
    else this.#inTurn(waiter.resolve);
  }
  has(id: number): boolean {
    return this.#waiters.has(id);
  }
  promise(id: number): Promise<void> {
    return this.#waiters.get(id)?.promise ?? Promise.resolve();
  }
  /** Takes the result of a settled waiter, which then is no more; unless a signal woke one that was asked for an answer. */
  take(id: number): WaitResult {
    const waiter = this.#waiters.get(id);
    const result = waiter?.result ?? Woken.TimedOut;
    if (!(waiter?.isAsking && result === Woken.Signalled)) this.#waiters.delete(id);
    return result;
  }
  /** The process is over: no thread goes on. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#waiters.values()) clearTimeout(timer);
    this.#waiters.clear();
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

  #add(interests: Interests | undefined, isMain: boolean, site: number, isAsking = false): number {
    const id = this.#next;
    this.#next = id === TIMEOUT_MAX ? 1 : id + 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    const since = performance.now();
    const timer = undefined;
    this.#waiters.set(id, { interests, isMain, isAsking, site, since, promise, resolve, timer, result: undefined });
    return id;
  }
  #inTurn(run: () => void): void {
    this.#nextTurn(() => {
      this.#turnedAt = performance.now();
      if (!this.#isStopped) run();
    });
  }
  #startTimer(id: number, ms: Milliseconds): void {
    const waiter = this.#waiters.get(id);
    if (!waiter) return;
    // A timer that is set from within a timer's task takes 4 ms at the least (HTML, "timer nesting level"): a turn ends the chain.
    const settle = () => this.#inTurn(() => this.settle(id, Woken.TimedOut));
    // Rounded up: a program must never find that it woke before its deadline.
    waiter.timer = setTimeout(settle, Math.min(Math.ceil(ms), TIMEOUT_MAX));
  }
  #anyReady(interests: Interests): boolean {
    for (let index = 0; index < interests.length; index += 2) {
      if (this.#isReady(interests[index] as number, interests[index + 1] as number)) return true;
    }
    return false;
  }
}

/** The soonest that a browser has: messages that have arrived are handled first. */
function createTurns(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const turns: (() => void)[] = [];
  port1.onmessage = () => turns.shift()?.();
  return (run) => {
    turns.push(run);
    port2.postMessage(0);
  };
}
