import type { ByteStream } from '../../../trace/byte-stream.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { IntList } from '../../../trace/int-list.ts';
import { StreamSearch } from '../../../trace/stream-search.ts';
import type { FilterQuery } from './filter-query.ts';

export type EventSource = {
  readonly log: { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
  readonly sent: ByteStream;
  readonly received: ByteStream;
};

/** Events and bytes looked at before the time is looked at again. */
const EVENTS_AT_ONCE = 8_192;
const BYTES_AT_ONCE = 262_144;
const CALLS_KEPT = 1_024;

/** The events of a log that a query picks, by their time, grown with the log. 4 bytes for each event that is picked. */
export class EventList {
  readonly #source: EventSource;
  readonly #tests: FilterQuery['tests'];
  readonly #texts: readonly TextMatch[];
  readonly #without: readonly TextMatch[];
  readonly #order = new IntList();
  /** Calls of the other end whose bytes have not arrived here: what they are is not known yet. */
  #early: number[] = [];
  readonly #onPicked: (index: number) => void;
  #seen = 0;
  #version = 0;

  /** `onPicked` is told of each event that is picked, by its index in the log. */
  constructor(
    source: EventSource,
    { tests, texts, without }: FilterQuery,
    onPicked: (index: number) => void = () => undefined,
  ) {
    this.#onPicked = onPicked;
    this.#source = source;
    this.#tests = tests;
    this.#texts = texts.map((text) => new TextMatch(source, text));
    this.#without = without.map((text) => new TextMatch(source, text));
  }

  /** Takes in new events until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    const { log } = this.#source;
    for (const text of [...this.#texts, ...this.#without]) if (!text.advance(isTime)) return false;
    this.#takeEarly();
    const length = log.length();
    while (this.#seen < length) {
      const end = Math.min(length, this.#seen + EVENTS_AT_ONCE);
      for (; this.#seen < end; this.#seen += 1) this.#take(this.#seen);
      if (this.#seen < length && isTime()) break;
    }
    this.#version = this.#order.length;
    return this.#seen === length;
  }
  /** Grows whenever what is listed does. */
  get version(): number {
    return this.#version;
  }
  get count(): number {
    return this.#order.length;
  }
  /** The event's index in the log. */
  at(row: number): number {
    return this.#order.at(row);
  }
  /** The row of an event, where it is listed. */
  rowOf(index: number): number | undefined {
    const at = this.#source.log.at(index)?.at;
    if (at === undefined) return undefined;
    let row = this.#firstNotBefore(at);
    while (row < this.count && this.#time(row) === at) {
      if (this.#order.at(row) === index) return row;
      row += 1;
    }
    return undefined;
  }

  #take(index: number): void {
    const event = this.#source.log.at(index) as TraceEvent;
    for (const holds of this.#tests) if (!holds(event)) return;
    const isEarly = event.direction !== undefined && event.offset + event.count > this.#source[event.direction].length;
    for (const text of this.#texts) {
      if (text.isIn(event)) continue;
      if (isEarly) this.#early.push(index);
      return;
    }
    for (const text of this.#without) if (text.isIn(event)) return;
    // Its bytes may yet have what it is to be without.
    if (isEarly && this.#without.length > 0) {
      this.#early.push(index);
      return;
    }
    let row = this.#order.length;
    while (row > 0 && this.#time(row - 1) > event.at) row -= 1;
    this.#order.insert(row, index);
    this.#onPicked(index);
  }
  #takeEarly(): void {
    if (this.#early.length === 0) return;
    const again = this.#early;
    this.#early = [];
    for (const index of again) this.#take(index);
  }
  #firstNotBefore(at: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#time(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  #time(row: number): number {
    return (this.#source.log.at(this.#order.at(row)) as TraceEvent).at;
  }
}

type CallPlace = 'nowhere' | 'name' | 'anywhere';
function placeOf(text: string): CallPlace {
  if (/^[a-z]+$/.test(text)) return 'name';
  return /^[a-z]*\(?[0-9]*\)?$/.test(text) ? 'anywhere' : 'nowhere';
}

/** A text in what a row of the table shows: the call, its number, its text, its error, and all of its bytes. */
class TextMatch {
  readonly #text: string;
  /** Where in a call the text could stand: what no call is written with stands in none. */
  readonly #place: CallPlace;
  readonly #searches: { readonly sent: StreamSearch; readonly received: StreamSearch };
  /** `recv(1024)` is in the log a million times, and made and looked through once. */
  readonly #calls = new Map<string, Map<number | undefined, boolean>>();

  constructor(source: EventSource, text: string) {
    this.#text = text.toLowerCase();
    this.#place = placeOf(this.#text);
    this.#searches = { sent: new StreamSearch(source.sent, text), received: new StreamSearch(source.received, text) };
  }
  advance(isTime: () => boolean): boolean {
    for (const search of [this.#searches.sent, this.#searches.received]) {
      while (!search.advance(BYTES_AT_ONCE)) if (isTime()) return false;
    }
    return true;
  }
  isIn(event: TraceEvent): boolean {
    const { call, argument, text, error, direction, offset, count } = event;
    if (direction !== undefined && count > 0 && this.#searches[direction].isIn(offset, count)) return true;
    if (text !== '' && text.toLowerCase().includes(this.#text)) return true;
    if (error?.toLowerCase().includes(this.#text)) return true;
    return this.#isInCall(call, argument);
  }
  #isInCall(call: string, argument: number | undefined): boolean {
    if (this.#place === 'nowhere') return false;
    const known = this.#calls.get(call) ?? new Map<number | undefined, boolean>();
    const key = this.#place === 'name' ? undefined : argument;
    let isIn = known.get(key);
    if (isIn !== undefined) return isIn;
    isIn = (this.#place === 'name' ? call : `${call}(${argument ?? ''})`).includes(this.#text);
    // A send's number is its count: there may be as many as there are sizes.
    if (known.size < CALLS_KEPT) this.#calls.set(call, known.set(key, isIn));
    return isIn;
  }
}
