import type { TraceEvent } from '../../../trace/event.ts';
import { IntList } from '../../../trace/int-list.ts';

type Log = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
export type MergedRow = { readonly log: number; readonly event: TraceEvent };

/** Several logs as one, by time, grown with them. */
export class MergedTrace {
  readonly #logs: readonly Log[];
  readonly #seen: number[];
  /** By row: which log, and the index in it. */
  readonly #log = new IntList();
  readonly #index = new IntList();

  constructor(logs: readonly Log[]) {
    this.#logs = logs;
    this.#seen = logs.map(() => 0);
  }

  get count(): number {
    return this.#log.length;
  }
  at(row: number): MergedRow {
    const log = this.#log.at(row);
    return { log, event: this.#logs[log]?.at(this.#index.at(row)) as TraceEvent };
  }
  update(): void {
    for (const [number, log] of this.#logs.entries()) {
      const length = log.length();
      for (let index = this.#seen[number] as number; index < length; index += 1) this.#insert(number, index);
      this.#seen[number] = length;
    }
  }

  /** What comes late stands after what is not later: the rows of one log keep their order. */
  #insert(log: number, index: number): void {
    const at = this.#logs[log]?.at(index)?.at as number;
    let row = this.count;
    while (row > 0 && this.at(row - 1).event.at > at) row -= 1;
    this.#log.insert(row, log);
    this.#index.insert(row, index);
  }
}
