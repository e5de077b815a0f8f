import type { Microseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { IntList } from '../../../trace/int-list.ts';
import { EventList, type EventSource } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';

type Pick = { readonly socket: number; readonly index: number; readonly at: Microseconds };
export type TimeLineRow = { readonly socket: number; readonly index: number; readonly event: TraceEvent };

/** The events of several sockets that a query picks, on one line of time, grown with their logs. 8 bytes for each event. */
export class TimeLineList {
  readonly #sources: readonly EventSource[];
  readonly #lists: readonly EventList[];
  /** By row: which socket, and the index in its log. */
  readonly #socket = new IntList();
  readonly #index = new IntList();
  /** Picked since the rows were made last. */
  #picked: Pick[] = [];

  constructor(sources: readonly EventSource[], query: FilterQuery) {
    this.#sources = sources;
    this.#lists = sources.map(
      (source, socket) =>
        new EventList(source, query, (index) =>
          this.#picked.push({ socket, index, at: this.#event(socket, index).at }),
        ),
    );
  }

  /** Takes in new events until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    let isAll = true;
    for (const list of this.#lists) isAll = list.update(isTime) && isAll;
    this.#takePicked();
    return isAll;
  }
  /** Grows whenever what is listed does. */
  get version(): number {
    return this.#index.length;
  }
  get count(): number {
    return this.#index.length;
  }
  /** How many events there are, picked or not. */
  get all(): number {
    return this.#sources.reduce((sum, { log }) => sum + log.length(), 0);
  }
  at(row: number): TimeLineRow {
    const socket = this.#socket.at(row);
    const index = this.#index.at(row);
    return { socket, index, event: this.#event(socket, index) };
  }
  /** The row of an event, where it is listed. */
  rowOf(socket: number, index: number): number | undefined {
    const at = this.#sources[socket]?.log.at(index)?.at;
    if (at === undefined) return undefined;
    for (let row = this.#firstNotBefore(at); row < this.count && this.at(row).event.at === at; row += 1) {
      if (this.#socket.at(row) === socket && this.#index.at(row) === index) return row;
    }
    return undefined;
  }

  /** All at once: a log that is read for the first time begins far back on the line. */
  #takePicked(): void {
    const picked = this.#picked.sort((a, b) => a.at - b.at);
    const [first] = picked;
    if (first === undefined) return;
    this.#picked = [];
    const kept = this.#firstNotBefore(first.at);
    const later: Pick[] = [];
    for (let row = kept; row < this.count; row += 1) {
      const { socket, index, event } = this.at(row);
      later.push({ socket, index, at: event.at });
    }
    this.#socket.truncate(kept);
    this.#index.truncate(kept);
    // What comes late stands after what is not later.
    let next = 0;
    for (const pick of picked) {
      for (; next < later.length && (later[next] as Pick).at <= pick.at; next += 1) this.#push(later[next] as Pick);
      this.#push(pick);
    }
    for (; next < later.length; next += 1) this.#push(later[next] as Pick);
  }
  #push({ socket, index }: Pick): void {
    this.#socket.push(socket);
    this.#index.push(index);
  }
  #firstNotBefore(at: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).event.at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  #event(socket: number, index: number): TraceEvent {
    return this.#sources[socket]?.log.at(index) as TraceEvent;
  }
}
