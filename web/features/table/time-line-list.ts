import type { Microseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { IntList } from '../../../trace/int-list.ts';
import { EventList, type EventSource } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';

type SortNumber = (event: TraceEvent, socket: number) => number;
/** What places a row: its number, then its time. */
type Place = { readonly number: number; readonly at: Microseconds };
type Pick = Place & { readonly socket: number; readonly index: number };
export type TimeLineRow = { readonly socket: number; readonly index: number; readonly event: TraceEvent };

const always = (): boolean => true;
const timeOf: SortNumber = ({ at }) => at;

/**
 * The events of several sockets that a query picks, on one line of time or sorted by another number, grown with their logs.
 * 12 bytes for each event.
 */
export class TimeLineList {
  readonly #sources: readonly EventSource[];
  readonly #lists: readonly EventList[];
  readonly #numberOf: SortNumber;
  /** By row: which socket, and the index in its log. */
  readonly #socket = new IntList();
  readonly #index = new IntList();
  /** Picked since the rows were made last. */
  #picked: Pick[] = [];

  constructor(sources: readonly EventSource[], query: FilterQuery, numberOf: SortNumber = timeOf) {
    this.#sources = sources;
    this.#numberOf = numberOf;
    this.#lists = sources.map(
      (source, socket) =>
        new EventList(source, query, (index) => this.#picked.push({ socket, index, ...this.#place(socket, index) })),
    );
  }

  /** Takes in new events until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    let isAll: boolean;
    do {
      isAll = true;
      // A part of each log at a time: what is sorted at once is short.
      for (const list of this.#lists) isAll = list.update(always) && isAll;
      this.#takePicked();
    } while (!isAll && !isTime());
    return isAll;
  }
  /** Grows whenever what is listed does. */
  get version(): number {
    return this.#index.length;
  }
  get count(): number {
    return this.#index.length;
  }
  at(row: number): TimeLineRow {
    const socket = this.#socket.at(row);
    const index = this.#index.at(row);
    return { socket, index, event: this.#event(socket, index) };
  }
  /** The row of an event, where it is listed. */
  rowOf(socket: number, index: number): number | undefined {
    if (this.#sources[socket]?.log.at(index) === undefined) return undefined;
    const place = this.#place(socket, index);
    for (let row = this.#firstNotBefore(place); row < this.count; row += 1) {
      if (this.#socket.at(row) === socket && this.#index.at(row) === index) return row;
      if (compare(this.#placeOf(row), place) > 0) return undefined;
    }
    return undefined;
  }

  /** All at once: a log that is read for the first time begins far back on the line. */
  #takePicked(): void {
    if (this.#picked.length === 0) return;
    const picked = this.#picked.sort(compare);
    this.#picked = [];
    // What comes late stands after what has the same place.
    const places = picked.map((pick) => this.#firstAfter(pick));
    this.#socket.insertAll(
      places,
      picked.map(({ socket }) => socket),
    );
    this.#index.insertAll(
      places,
      picked.map(({ index }) => index),
    );
  }
  #firstNotBefore(place: Place): number {
    return this.#firstRow((order) => order >= 0, place);
  }
  #firstAfter(place: Place): number {
    return this.#firstRow((order) => order > 0, place);
  }
  #firstRow(isThere: (order: number) => boolean, place: Place): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isThere(compare(this.#placeOf(middle), place))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  #placeOf(row: number): Place {
    return this.#place(this.#socket.at(row), this.#index.at(row));
  }
  #place(socket: number, index: number): Place {
    const event = this.#event(socket, index);
    return { number: this.#numberOf(event, socket), at: event.at };
  }
  #event(socket: number, index: number): TraceEvent {
    return this.#sources[socket]?.log.at(index) as TraceEvent;
  }
}

function compare(a: Place, b: Place): number {
  return a.number - b.number || a.at - b.at;
}
