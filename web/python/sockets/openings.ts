import type { Microseconds } from '../../../protocol/units.ts';
import type { RecordedCall } from './call-recorder.ts';
import { endpointText } from './endpoints.ts';
import type { Opening, SocketEntry } from './socket-entry.ts';
import type { SocketTable } from './socket-table.ts';

/** The program's bind, listen and connect from their call to their return. A waiter's result is '' or an error's name. */
export class Openings {
  readonly #table: SocketTable;

  constructor(table: SocketTable) {
    this.#table = table;
  }

  /** A waiter that is settled already. */
  settled(outcome: string): number {
    return this.#table.waiters.settled(outcome);
  }
  /** Records the call with its error. */
  fail(entry: SocketEntry, site: number, error: string, what: RecordedCall = {}): string {
    this.#table.recorder.record(entry, site, { ...what, error });
    return error;
  }
  /** The call waits for the gateway. */
  begin(entry: SocketEntry, opening: Omit<Opening, 'called' | 'waiter'>, isMain: boolean): number {
    const waiter = this.#table.waiters.pending(opening.site, isMain);
    entry.opening = { ...opening, called: this.#table.recorder.now(), waiter };
    return waiter;
  }
  /** The call returns, if one waits. */
  returned(entry: SocketEntry, error: string, at?: Microseconds): void {
    const { opening } = entry;
    if (!opening) return;
    entry.opening = undefined;
    const { site, text, argument, called, waiter, call } = opening;
    const place = call === 'connect' && !error ? endpointText(entry.remote) : text;
    this.#table.recorder.record(entry, site, { text: place, argument, error, called, at });
    if (waiter !== undefined) this.#table.waiters.settle(waiter, error);
  }
}
