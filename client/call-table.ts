import type { CallResult } from '../protocol/messages/calls.ts';

/** CALLs under way, by their number. */
export class CallTable {
  readonly #waiting = new Map<number, (result: CallResult) => void>();
  #next = 1;

  /** The number of the next call. */
  takeId(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }
  add(id: number, resolve: (result: CallResult) => void): void {
    this.#waiting.set(id, resolve);
  }
  settle(result: CallResult): void {
    const resolve = this.#waiting.get(result.id);
    this.#waiting.delete(result.id);
    resolve?.(result);
  }
  settleAll(result: CallResult): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const resolve of waiting) resolve(result);
  }
}
