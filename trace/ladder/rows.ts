import type { TraceEvent } from '../event.ts';
import { IntList } from '../int-list.ts';
import { Connection } from './connection.ts';
import { type CallOf, DatagramJoiner } from './datagrams.ts';
import { type Actors, type LadderRow, Mark, RowTable, type TakenCall } from './row-table.ts';
import { type Column, columnOf, isStream, type LadderSource, opposite } from './source.ts';
import { WireRules } from './wire-rules.ts';

const NONE = -1;

/**
 * The rows of a ladder of one socket or of several, grown with their logs: reading n events costs O(n) however often it is
 * done. Two sources that are `pair`ed are the two ends of one connection: the calls of each are the other's calls of the other
 * end, on the same offsets. A read that had to wait (the server was busy with another client) is a row of its own, below what
 * happened meanwhile. See RowTable for the order of the rows, WireRules for what crossed the wire.
 */
export class LadderRows {
  readonly #sources: LadderSource[] = [];
  readonly #actors: Actors[] = [];
  readonly #programs = new Map<string, number>();
  #nextActor = 0;
  readonly #connections: Connection[] = [];
  readonly #table: RowTable;
  readonly #rules: WireRules;
  readonly #datagrams = new DatagramJoiner();
  /** By source and index: the row of the call. */
  readonly #rowOf: IntList[] = [];
  #taken = 0;

  constructor(...sources: readonly LadderSource[]) {
    this.#table = new RowTable(this.#sources, this.#actors);
    this.#rules = new WireRules(this.#table, this.#rowOf);
    for (const source of sources) this.add(source);
  }

  /** The number of the new source. */
  add(source: LadderSource): number {
    const number = this.#sources.push(source) - 1;
    const actor = () => this.#nextActor++;
    const own = source.program === undefined ? actor() : (this.#programs.get(source.program) ?? actor());
    if (source.program !== undefined) this.#programs.set(source.program, own);
    this.#actors.push({ own, other: actor() });
    this.#rowOf.push(new IntList());
    const pair = this.#table.addPair({ left: number, right: number, connection: number });
    this.#connections.push(new Connection(number, number, pair, this.#sources));
    return number;
  }
  source(number: number): LadderSource {
    return this.#sources[number] as LadderSource;
  }
  /**
   * Two sources, of different columns, are the two ends of one connection. Returns false where too much of both has been
   * taken in for that: begin anew then.
   */
  pair(one: number, other: number): boolean {
    const [kept, given] = [one, other].map((number) => this.#connections[number] as Connection) as [
      Connection,
      Connection,
    ];
    if (kept === given) return true;
    if (kept.isPaired || given.isPaired || this.source(one).column === this.source(other).column) return true;
    const [connection, fresh] = given.isFresh ? [kept, given] : [given, kept];
    if (!fresh.isFresh) return false;
    const isLeft = this.source(one).column === 'left';
    connection.sources = { left: isLeft ? one : other, right: isLeft ? other : one };
    connection.pair = this.#table.addPair({ ...connection.sources, connection: connection.number });
    connection.isOpen = connection.isOpen || fresh.isOpen;
    for (const { number } of [kept, given]) this.#table.setPaired(number);
    this.#connections[one] = connection;
    this.#connections[other] = connection;
    return true;
  }

  /** Takes in at most `limit` new events; returns whether that was all there are. */
  update(limit = Number.POSITIVE_INFINITY): boolean {
    const pending = this.#sources.flatMap((_, number) => (this.#next(number) === undefined ? [] : [number]));
    for (let taken = 0; pending.length > 0; taken += 1) {
      if (taken >= limit) return false;
      const source = pending.length === 1 ? (pending[0] as number) : this.#earliest(pending);
      this.#take(source);
      if (this.#next(source) === undefined) pending.splice(pending.indexOf(source), 1);
    }
    return true;
  }
  /** How many events have been taken in: what is drawn depends on nothing else. */
  get version(): number {
    return this.#taken;
  }
  get count(): number {
    return this.#table.count;
  }
  row(place: number): LadderRow {
    return this.#table.row(place);
  }
  /** The place of an event's row, where the event has been taken in and stands in one. */
  placeOf(event: number, source = 0): number | undefined {
    const rows = this.#rowOf[source];
    const row = rows && event < rows.length ? rows.at(event) : NONE;
    return row === NONE ? undefined : this.#table.placeOf(row);
  }

  #next(source: number): TraceEvent | undefined {
    const index = (this.#rowOf[source] as IntList).length;
    const { log } = this.source(source);
    return index < log.length() ? log.at(index) : undefined;
  }
  #earliest(pending: readonly number[]): number {
    let [first, at] = [NONE, Number.POSITIVE_INFINITY];
    for (const source of pending) {
      const event = this.#next(source) as TraceEvent;
      if (first === NONE || event.at < at) [first, at] = [source, event.at];
    }
    return first;
  }

  #take(number: number): void {
    const source = this.source(number);
    const rows = this.#rowOf[number] as IntList;
    const index = rows.length;
    const event = source.log.at(index) as TraceEvent;
    const { own, other } = this.#actors[number] as Actors;
    const isOwn = event.end === 'local';
    const call: TakenCall = {
      source: number,
      index,
      event,
      column: columnOf(source, event),
      actor: isOwn ? own : other,
    };
    const connection = this.#connections[number] as Connection;
    this.#taken += 1;
    // The other end tells of its calls itself.
    const isElsewhere = (connection.isPaired && !isOwn) || source.isTwice?.(event) === true;
    const row = isElsewhere ? NONE : this.#rowFor(call, source, connection);
    rows.push(row);
  }
  #rowFor(call: TakenCall, source: LadderSource, connection: Connection): number {
    if (call.event.call === 'print') {
      const noted = connection.isPaired ? undefined : this.#table.annotate(call);
      return noted ?? this.#table.add(call, Mark.Nothing, connection.pair);
    }
    return isStream(source.kind)
      ? this.#rules.rowFor(call, connection, source)
      : this.#datagramRow(call, connection, source);
  }

  /** Of a datagram socket, and of a listener: nothing but datagrams crosses the wire. */
  #datagramRow(call: TakenCall, connection: Connection, source: LadderSource): number {
    const { event } = call;
    if (event.error !== undefined || event.direction === undefined || source.kind === 'listen') {
      if (event.call === 'connect' && event.error === undefined) connection.destination = event.text;
      return this.#table.add(call, Mark.Nothing, connection.pair);
    }
    const isSend = (event.direction === 'sent') === (event.end === 'local');
    const partner = event.end === 'local' ? this.#datagramPartner(call, connection, source, isSend) : undefined;
    if (partner === undefined) return this.#rules.bytesRow(call, connection, isSend);
    const row = (this.#rowOf[partner.source] as IntList).at(partner.index);
    const pair = this.#table.addPair(this.#pairOf(call, partner, connection));
    if (this.#table.join(row, call, pair)) return row;
    if (isSend) this.#table.setMarks(row, Mark.Rest);
    return this.#table.add(call, isSend ? 0 : Mark.Rest, connection.pair);
  }
  #datagramPartner(
    { source: number, index, event }: TakenCall,
    connection: Connection,
    { address, column }: LadderSource,
    isSend: boolean,
  ): CallOf | undefined {
    if (address === undefined) return undefined;
    const other = event.text || connection.destination || '';
    const datagram = {
      from: isSend ? address : other,
      to: isSend ? other : address,
      count: event.whole ?? event.count,
    };
    const call = { source: number, index };
    const partner = isSend ? this.#datagrams.addSend(datagram, call) : this.#datagrams.addRead(datagram, call);
    return partner && this.source(partner.source).column === opposite(column) ? partner : undefined;
  }
  #pairOf(call: TakenCall, partner: CallOf, { number }: Connection): Record<Column, number> & { connection: number } {
    const isLeft = call.column === 'left';
    const [left, right] = isLeft ? [call.source, partner.source] : [partner.source, call.source];
    return { left, right, connection: Math.min(number, partner.source) };
  }
}
