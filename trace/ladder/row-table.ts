import type { Microseconds } from '../../protocol/units.ts';
import type { TraceEvent } from '../event.ts';
import { IntList } from '../int-list.ts';
import { type Column, type LadderSource, opposite } from './source.ts';

/** What a row says of the wire beside what its two calls say. */
export const Mark = {
  /** The bytes are drawn on the row of the call that sent them; here is a further, or a late, read of them. */
  Rest: 1,
  Fin: 2,
  Reset: 4,
  /** Nothing crossed the wire, whatever the calls look like. */
  Nothing: 8,
  /** FIN or RST went from the right to the left. */
  Leftwards: 16,
} as const;
const MARKS = 32;

/** A call on its way into a row. `actor`: whose calls stand in the order in which they were made. */
export type TakenCall = {
  readonly source: number;
  readonly index: number;
  readonly event: TraceEvent;
  readonly column: Column;
  readonly actor: number;
};
export type LadderCall = { readonly event: TraceEvent; readonly source: number; readonly index: number };

/** One row: a call of one end, or the calls of both ends on the same bytes; and what the program printed after it. */
export type LadderRow = {
  /** Stays the same though other rows are put before it. */
  readonly id: number;
  /** When the first of its calls returned. */
  readonly at: Microseconds;
  readonly left: LadderCall | undefined;
  readonly right: LadderCall | undefined;
  readonly note: TraceEvent | undefined;
  readonly marks: number;
  /** Counted through the ladder: rows of one connection have the same. */
  readonly connection: number;
  /** Both ends of the connection are sources of the ladder. */
  readonly isPaired: boolean;
};

/** Which source tells of each column of a row. */
export type Pair = Readonly<Record<Column, number>> & { readonly connection: number };
export type Actors = { readonly own: number; readonly other: number };

const NONE = -1;

/**
 * Rows in their order. Down the rows time never goes back, and the calls of each actor stand in the order in which it made
 * them: two calls share a row only where that holds. 24 bytes of memory for each row, 4 for each call.
 */
export class RowTable {
  readonly #sources: readonly LadderSource[];
  readonly #actors: readonly Actors[];
  readonly #pairs: Pair[] = [];
  /** The connections of which both ends are sources. */
  readonly #paired = new Set<number>();
  /** By row id: the index of the event in each cell, or NONE. */
  readonly #cells: Readonly<Record<Column, IntList>> = { left: new IntList(), right: new IntList() };
  readonly #notes = new IntList();
  /** By row id: its pair and its marks. */
  readonly #kinds = new IntList();
  /** Row ids in the order of the rows, and the place of each row in it. */
  readonly #order = new IntList();
  readonly #places = new IntList();
  /** By actor: the row of its latest call. */
  readonly #latest: number[] = [];

  constructor(sources: readonly LadderSource[], actors: readonly Actors[]) {
    this.#sources = sources;
    this.#actors = actors;
  }

  get count(): number {
    return this.#order.length;
  }
  placeOf(row: number): number {
    return this.#places.at(row);
  }
  row(place: number): LadderRow {
    const id = this.#order.at(place);
    const pair = this.#pairOf(id);
    const note = this.#notes.at(id);
    return {
      id,
      at: this.#at(id),
      left: this.#call(id, 'left', pair),
      right: this.#call(id, 'right', pair),
      note: note === NONE ? undefined : this.#sources[pair.left]?.log.at(note),
      marks: this.#kinds.at(id) % MARKS,
      connection: pair.connection,
      isPaired: pair.left !== pair.right || this.#paired.has(pair.connection),
    };
  }

  /** The number of a new pair. */
  addPair(pair: Pair): number {
    return this.#pairs.push(pair) - 1;
  }
  /** Both ends of a connection tell of their calls by now: so do its rows of before. */
  setPaired(connection: number): void {
    this.#paired.add(connection);
  }
  marks(row: number): number {
    return this.#kinds.at(row) % MARKS;
  }
  setMarks(row: number, marks: number): void {
    this.#kinds.set(row, this.#kinds.at(row) - this.marks(row) + marks);
  }

  /** A row of its own for a call. */
  add(call: TakenCall, marks: number, pair: number): number {
    const row = this.#kinds.length;
    this.#cells.left.push(call.column === 'left' ? call.index : NONE);
    this.#cells.right.push(call.column === 'right' ? call.index : NONE);
    this.#notes.push(NONE);
    this.#kinds.push(pair * MARKS + marks);
    const place = this.#placeFor(call.event.at, this.count);
    this.#order.insert(place, row);
    this.#places.push(place);
    for (let later = place + 1; later < this.count; later += 1) this.#places.set(this.#order.at(later), later);
    this.#settle(call, row);
    return row;
  }

  /** Puts a call in the free cell of a row, unless an actor's calls would then stand out of their order. */
  join(row: number, call: TakenCall, pair: number): boolean {
    const cells = this.#cells[call.column];
    if (cells.at(row) !== NONE) return false;
    const other = opposite(call.column);
    const place = this.#places.at(row);
    const target = Math.min(place, this.#placeFor(call.event.at, place));
    const latest = this.#latest[call.actor];
    if (latest !== undefined && this.#places.at(latest) >= target) return false;
    const actor = target < place ? this.#actorAt(row, other) : NONE;
    for (let passed = target; passed < place; passed += 1) {
      if (this.#actorAt(this.#order.at(passed), other) === actor) return false;
    }
    this.#order.moveDown(place, target);
    for (let moved = target; moved <= place; moved += 1) this.#places.set(this.#order.at(moved), moved);
    cells.set(row, call.index);
    this.#kinds.set(row, pair * MARKS + this.marks(row));
    this.#settle(call, row);
    return true;
  }

  /** What a program printed stands beside the call before it, where nothing happened in between. */
  annotate({ index, event, actor }: TakenCall): number | undefined {
    const row = this.#latest[actor];
    if (row === undefined || this.#notes.at(row) !== NONE) return undefined;
    if (this.#placeFor(event.at, this.count) !== this.#places.at(row) + 1) return undefined;
    this.#notes.set(row, index);
    return row;
  }

  #settle({ actor }: TakenCall, row: number): void {
    const latest = this.#latest[actor];
    if (latest === undefined || this.#places.at(row) > this.#places.at(latest)) this.#latest[actor] = row;
  }
  /** The place, `end` at the most, of something that happened at `at`: after all that is not later. */
  #placeFor(at: Microseconds, end: number): number {
    let place = end;
    while (place > 0 && this.#at(this.#order.at(place - 1)) > at) place -= 1;
    return place;
  }
  #at(row: number): Microseconds {
    const pair = this.#pairOf(row);
    const left = this.#event(row, 'left', pair)?.at ?? Number.POSITIVE_INFINITY;
    const right = this.#event(row, 'right', pair)?.at ?? Number.POSITIVE_INFINITY;
    return Math.min(left, right);
  }
  #actorAt(row: number, column: Column): number {
    const pair = this.#pairOf(row);
    const event = this.#event(row, column, pair);
    if (event === undefined) return NONE - 1;
    const source = pair[column];
    const { own, other } = this.#actors[source] as Actors;
    return event.end === 'local' ? own : other;
  }
  #call(row: number, column: Column, pair: Pair): LadderCall | undefined {
    const event = this.#event(row, column, pair);
    return event && { event, source: pair[column], index: this.#cells[column].at(row) };
  }
  #event(row: number, column: Column, pair: Pair): TraceEvent | undefined {
    const index = this.#cells[column].at(row);
    return index === NONE ? undefined : this.#sources[pair[column]]?.log.at(index);
  }
  #pairOf(row: number): Pair {
    return this.#pairs[Math.floor(this.#kinds.at(row) / MARKS)] as Pair;
  }
}
