import { Observable } from '../../../trace/observable.ts';
import { CallJoiner, type CallRow } from './call-joiner.ts';
import type { PythonCall } from './python-call.ts';

/** What the ladder shows at the most; older rows are dropped, and a line says so. */
export const ROWS_MAX = 50_000;
const ROWS_DROPPED = 10_000;

/** The calls of all programs of the page in rows, on one clock. */
export class CallStore extends Observable {
  readonly #isServer: (file: string) => boolean;
  readonly #joiner = new CallJoiner();
  readonly #listening = new Set<string>();
  #rows: CallRow[] = [];
  #dropped = 0;

  /** `isServer` tells which side of the ladder a program stands on. */
  constructor(isServer: (file: string) => boolean) {
    super();
    this.#isServer = isServer;
  }

  /** In the order of their times. */
  get rows(): readonly CallRow[] {
    return this.#rows;
  }
  get dropped(): number {
    return this.#dropped;
  }
  /** The program has called listen since it was forgotten. */
  isListening(file: string): boolean {
    return this.#listening.has(file);
  }
  forget(file: string): void {
    this.#listening.delete(file);
  }

  add(file: string, calls: readonly PythonCall[]): void {
    for (const call of calls) {
      const { row, isNew } = this.#joiner.add({ ...call, file }, this.#isServer(file));
      if (isNew) this.#insert(row);
      if (call.call === 'listen' && !call.error) this.#listening.add(file);
    }
    if (this.#rows.length > ROWS_MAX) {
      this.#rows = this.#rows.slice(ROWS_DROPPED);
      this.#dropped += ROWS_DROPPED;
    }
    this.changed();
  }
  clear(): void {
    this.#rows = [];
    this.#dropped = 0;
    this.#listening.clear();
    this.#joiner.clear();
    this.changed();
  }

  /** What is late belongs a little before the end. */
  #insert(row: CallRow): void {
    let at = this.#rows.length;
    while (at > 0 && (this.#rows[at - 1] as CallRow).at > row.at) at -= 1;
    if (at === this.#rows.length) this.#rows.push(row);
    else this.#rows.splice(at, 0, row);
  }
}
