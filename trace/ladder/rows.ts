import type { Microseconds } from '../../protocol/units.ts';
import type { Direction, End, TraceEvent } from '../event.ts';
import { IntList } from '../int-list.ts';
import { CallJoiner, senderOf } from './joiner.ts';

export type LadderLog = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** What a row says of the wire beside what its two calls say. */
export const Mark = {
  /** The bytes, or the FIN, are drawn on the row of the call that sent them; here is a further read of them. */
  Rest: 1,
  Fin: 2,
  Reset: 4,
} as const;

/** One row: a call of one end, or the calls of both ends on the same bytes; and what the program printed after it. */
export type LadderRow = {
  /** Stays the same though other rows are put before it. */
  readonly id: number;
  /** When the first of its calls returned. */
  readonly at: Microseconds;
  readonly local: TraceEvent | undefined;
  readonly peer: TraceEvent | undefined;
  readonly note: TraceEvent | undefined;
  /** The event that choosing the row chooses: the page's own call where there is one. */
  readonly event: number;
  readonly marks: number;
};

const NONE = -1;

/**
 * The rows of the ladder, grown with the log: reading n events costs O(n) however often it is done.
 *
 * Down the rows time never goes back, and each end's calls stand in the order in which that end made them: two calls on
 * the same bytes share a row only where that holds. A read that had to wait (the server was busy with another client) is
 * thus a row of its own, below what happened meanwhile. 24 bytes of memory for each row.
 */
export class LadderRows {
  readonly #log: LadderLog;
  readonly #joiners: Record<Direction, CallJoiner>;
  /** By row id: the index of the event in each cell, or NONE. */
  readonly #local = new IntList();
  readonly #peer = new IntList();
  readonly #note = new IntList();
  readonly #marks = new IntList();
  /** Row ids in the order of the rows, and the place of each row in it. */
  readonly #order = new IntList();
  readonly #places = new IntList();
  /** By event index: its row. */
  readonly #rowOf = new IntList();
  /** The row of each end's latest call. */
  readonly #latest: Record<End, number> = { local: NONE, peer: NONE };

  constructor(log: LadderLog) {
    this.#log = log;
    this.#joiners = { sent: new CallJoiner(log), received: new CallJoiner(log) };
  }

  /** Takes in at most `limit` new events; returns whether that was all there are. */
  update(limit = Number.POSITIVE_INFINITY): boolean {
    const length = this.#log.length();
    const end = Math.min(length, this.#rowOf.length + limit);
    while (this.#rowOf.length < end) this.#add(this.#rowOf.length);
    return end === length;
  }
  /** How many events have been taken in: what is drawn depends on nothing else. */
  get version(): number {
    return this.#rowOf.length;
  }
  get count(): number {
    return this.#order.length;
  }
  /** The place of an event's row, where the event has been taken in. */
  placeOf(event: number): number | undefined {
    return event < this.#rowOf.length ? this.#places.at(this.#rowOf.at(event)) : undefined;
  }
  row(place: number): LadderRow {
    const id = this.#order.at(place);
    const local = this.#local.at(id);
    const peer = this.#peer.at(id);
    return {
      id,
      at: this.#at(id),
      local: this.#event(local),
      peer: this.#event(peer),
      note: this.#event(this.#note.at(id)),
      event: local === NONE ? peer : local,
      marks: this.#marks.at(id),
    };
  }

  #add(index: number): void {
    const event = this.#log.at(index) as TraceEvent;
    if (event.call === 'print' && this.#annotate(index, event)) return;
    if (event.error !== undefined) this.#addRow(index, event, event.error === 'ECONNRESET' ? Mark.Reset : 0);
    else if (event.call === 'reset') this.#addRow(index, event, Mark.Reset);
    else if (event.call === 'shutdown' || event.call === 'close') this.#addClosing(index, event);
    else if (event.call === 'recv' && event.count === 0) this.#addFin(index, event, 'read');
    else if (event.direction === undefined) this.#addRow(index, event, 0);
    else if (senderOf(event.direction) === event.end) this.#addSend(index, event);
    else this.#addRead(index, event);
  }

  #addSend(index: number, event: TraceEvent): void {
    const [partner, ...rest] = this.#joiners[event.direction as Direction].addSend(index);
    for (const read of rest) this.#mark(this.#rowOf.at(read), Mark.Rest);
    const row = partner === undefined ? undefined : this.#rowOf.at(partner);
    if (row !== undefined && this.#join(row, index, event)) return;
    if (row !== undefined) this.#mark(row, Mark.Rest);
    this.#addRow(index, event, 0);
  }
  #addRead(index: number, event: TraceEvent): void {
    const found = this.#joiners[event.direction as Direction].addRead(index);
    if (found?.isPartner && this.#join(this.#rowOf.at(found.send), index, event)) return;
    this.#addRow(index, event, found ? Mark.Rest : 0);
  }
  #addClosing(index: number, event: TraceEvent): void {
    const direction: Direction = event.end === 'local' ? 'sent' : 'received';
    // SHUT_RD sends nothing; what is closed after a shutdown has sent its FIN.
    if (this.#joiners[direction].isFinSent || (event.call === 'shutdown' && event.argument === 0))
      this.#addRow(index, event, 0);
    else this.#addFin(index, event, 'send');
  }
  #addFin(index: number, event: TraceEvent, side: 'send' | 'read'): void {
    const isSent = (event.end === 'local') === (side === 'send');
    const other = this.#joiners[isSent ? 'sent' : 'received'].addFin(side, index);
    const row = other === undefined ? undefined : this.#rowOf.at(other);
    if (row !== undefined && this.#join(row, index, event)) return;
    if (row !== undefined && side === 'send') this.#mark(row, Mark.Rest);
    this.#addRow(index, event, row !== undefined && side === 'read' ? Mark.Fin | Mark.Rest : Mark.Fin);
  }

  /** What a program printed stands beside the call before it, where nothing happened in between. */
  #annotate(index: number, { end, at }: TraceEvent): boolean {
    const row = this.#latest[end];
    if (row === NONE || this.#note.at(row) !== NONE) return false;
    if (this.#placeFor(at, this.count) !== this.#places.at(row) + 1) return false;
    this.#note.set(row, index);
    this.#rowOf.push(row);
    return true;
  }

  #addRow(index: number, event: TraceEvent, marks: number): void {
    const row = this.#local.length;
    this.#local.push(event.end === 'local' ? index : NONE);
    this.#peer.push(event.end === 'peer' ? index : NONE);
    this.#note.push(NONE);
    this.#marks.push(marks);
    const place = this.#placeFor(event.at, this.count);
    this.#order.insert(place, row);
    this.#places.push(place);
    for (let later = place + 1; later < this.count; later += 1) this.#places.set(this.#order.at(later), later);
    this.#settle(index, event, row);
  }

  /** Puts an event in the free cell of a row, unless one of the ends would then read out of order. */
  #join(row: number, index: number, event: TraceEvent): boolean {
    const cells = event.end === 'local' ? this.#local : this.#peer;
    const others = event.end === 'local' ? this.#peer : this.#local;
    const place = this.#places.at(row);
    if (cells.at(row) !== NONE) return false;
    const target = Math.min(place, this.#placeFor(event.at, place));
    const latest = this.#latest[event.end];
    if (latest !== NONE && this.#places.at(latest) >= target) return false;
    for (let passed = target; passed < place; passed += 1) {
      if (others.at(this.#order.at(passed)) !== NONE) return false;
    }
    this.#order.moveDown(place, target);
    for (let moved = target; moved <= place; moved += 1) this.#places.set(this.#order.at(moved), moved);
    cells.set(row, index);
    this.#settle(index, event, row);
    return true;
  }

  #settle(index: number, { end }: TraceEvent, row: number): void {
    const latest = this.#latest[end];
    if (latest === NONE || this.#places.at(row) > this.#places.at(latest)) this.#latest[end] = row;
    if (this.#rowOf.length !== index) throw new RangeError(`event ${index} taken in as number ${this.#rowOf.length}`);
    this.#rowOf.push(row);
  }
  #mark(row: number, mark: number): void {
    this.#marks.set(row, this.#marks.at(row) | mark);
  }
  /** The place, `end` at the most, of something that happened at `at`: after all that is not later. */
  #placeFor(at: Microseconds, end: number): number {
    let place = end;
    while (place > 0 && this.#at(this.#order.at(place - 1)) > at) place -= 1;
    return place;
  }
  #at(row: number): Microseconds {
    const local = this.#event(this.#local.at(row));
    const peer = this.#event(this.#peer.at(row));
    return Math.min(local?.at ?? Number.POSITIVE_INFINITY, peer?.at ?? Number.POSITIVE_INFINITY);
  }
  #event(index: number): TraceEvent | undefined {
    return index === NONE ? undefined : this.#log.at(index);
  }
}
