import type { ByteCount } from '../protocol/units.ts';
import type { Direction, TraceEvent } from './event.ts';
import { IntList } from './int-list.ts';

type Log = { readonly at: (index: number) => TraceEvent | undefined };

/** One call's bytes on the ruler; `ordinal` counts from 1. An `event` below 0 is one of the other end's log: see callOf. */
export type Span = {
  readonly ordinal: number;
  readonly event: number;
  readonly start: ByteCount;
  readonly end: ByteCount;
};

/**
 * Bytes between two borders that follow one another, whichever end drew them: what became of them is one of
 * `kept` (one write is one read), `joined` (the read took more writes), `cut` (the write took more reads), both, or
 * `unread` (no read of them is known); `unwritten` bytes were read and the write is not known.
 */
export type Piece = {
  readonly start: ByteCount;
  readonly end: ByteCount;
  readonly write: Span | undefined;
  readonly read: Span | undefined;
  readonly outcome: Outcome;
};
export type Outcome = 'kept' | 'joined' | 'cut' | 'joined and cut' | 'unread' | 'unwritten';

/** A border, and whose it is: of both, of writes alone (they were joined over it), of reads alone (a write was cut at it). */
export type Border = { readonly at: ByteCount; readonly of: 'both' | 'write' | 'read' | 'open' };

export type Counts = { readonly writes: number; readonly reads: number; readonly joined: number; readonly cut: number };

/**
 * The borders that two ends drew in one direction of a connection, grown call by call. 20 bytes of memory for each. Where a
 * log has dropped its oldest events, pieces begin where both ends' calls are known.
 */
export class Boundaries {
  readonly #writes = new Spans();
  readonly #reads = new Spans();
  /** Every offset at which either end has a border, once, ascending. */
  readonly #cuts = new IntList();
  #common = 0;

  /** A call of this direction that moved bytes; each end's calls come in the order of their offsets. */
  add(index: number, { end, direction, offset, count }: TraceEvent): void {
    const isWrite = (end === 'local') === (direction === 'sent');
    (isWrite ? this.#writes : this.#reads).add(index, offset, count);
    this.#cut(offset + count);
  }

  get counts(): Counts {
    const known = Math.min(this.#writes.end, this.#reads.end);
    return {
      writes: this.#writes.count,
      reads: this.#reads.count,
      joined: this.#writes.countBetween(this.#start, known) - this.#common,
      cut: this.#reads.countBetween(this.#start, known) - this.#common,
    };
  }
  get length(): ByteCount {
    return Math.max(this.#writes.end, this.#reads.end);
  }
  get pieceCount(): number {
    return this.#cuts.length - this.#dropped;
  }
  piece(index: number): Piece {
    const cut = index + this.#dropped;
    const start = index === 0 ? this.#start : this.#cuts.at(cut - 1);
    const end = this.#cuts.at(cut);
    const write = this.#writes.holding(end);
    const read = this.#reads.holding(end);
    return { start, end, write, read, outcome: outcomeOf(write, read) };
  }
  /** The pieces, writes and reads that touch these bytes, and the borders strictly within or at their edges. */
  writesIn(start: ByteCount, end: ByteCount): Span[] {
    return this.#writes.within(start, end);
  }
  readsIn(start: ByteCount, end: ByteCount): Span[] {
    return this.#reads.within(start, end);
  }
  bordersIn(start: ByteCount, end: ByteCount): Border[] {
    const known = Math.min(this.#writes.end, this.#reads.end);
    const borders: Border[] = [];
    for (
      let index = firstAtLeast(this.#cuts, start);
      index < this.#cuts.length && this.#cuts.at(index) <= end;
      index += 1
    ) {
      const at = this.#cuts.at(index);
      borders.push({ at, of: this.#owner(at, known) });
    }
    return borders;
  }
  /** The piece that holds the first byte of a call. */
  pieceAt(offset: ByteCount): number {
    return Math.max(0, firstAtLeast(this.#cuts, offset + 1) - this.#dropped);
  }

  /** From here on the calls of both ends are known, or of the one that is. */
  get #start(): ByteCount {
    return Math.max(this.#writes.start, this.#reads.start);
  }
  /** Borders up to there: no piece ends at them. */
  get #dropped(): number {
    return this.#start === 0 ? 0 : firstAtLeast(this.#cuts, this.#start + 1);
  }
  #owner(at: ByteCount, known: ByteCount): Border['of'] {
    const isWrite = this.#writes.endsAt(at);
    if (isWrite && this.#reads.endsAt(at)) return 'both';
    if (at > known) return 'open';
    return isWrite ? 'write' : 'read';
  }
  #cut(at: ByteCount): void {
    const index = firstAtLeast(this.#cuts, at);
    if (index < this.#cuts.length && this.#cuts.at(index) === at) this.#common += 1;
    else this.#cuts.insert(index, at);
  }
}

function outcomeOf(write: Span | undefined, read: Span | undefined): Outcome {
  if (read === undefined) return 'unread';
  if (write === undefined) return 'unwritten';
  const isJoined = read.start < write.start || read.end > write.end;
  const isCut = write.start < read.start || write.end > read.end;
  if (isJoined && isCut) return 'joined and cut';
  return isJoined ? 'joined' : isCut ? 'cut' : 'kept';
}

/** One end's calls: where each ended. They follow one another without a gap, from `start` on. */
class Spans {
  readonly #ends = new IntList();
  readonly #events = new IntList();
  /** 0 but where calls before were dropped. */
  start: ByteCount = 0;

  add(event: number, offset: ByteCount, count: ByteCount): void {
    if (this.count === 0) this.start = offset;
    this.#ends.push(offset + count);
    this.#events.push(event);
  }
  get count(): number {
    return this.#ends.length;
  }
  get end(): ByteCount {
    return this.count === 0 ? 0 : this.#ends.at(this.count - 1);
  }
  /** How many end after `from`, and at `to` or before. */
  countBetween(from: ByteCount, to: ByteCount): number {
    return Math.max(0, firstAtLeast(this.#ends, to + 1) - firstAtLeast(this.#ends, from + 1));
  }
  endsAt(offset: ByteCount): boolean {
    const index = firstAtLeast(this.#ends, offset);
    return index < this.count && this.#ends.at(index) === offset;
  }
  /** The call that moved the byte before `end`. */
  holding(end: ByteCount): Span | undefined {
    const index = firstAtLeast(this.#ends, end);
    return index < this.count ? this.#span(index) : undefined;
  }
  within(start: ByteCount, end: ByteCount): Span[] {
    const spans: Span[] = [];
    for (let index = firstAtLeast(this.#ends, start + 1); index < this.count; index += 1) {
      const span = this.#span(index);
      if (span.start >= end) break;
      spans.push(span);
    }
    return spans;
  }
  #span(index: number): Span {
    const start = index === 0 ? this.start : this.#ends.at(index - 1);
    return { ordinal: index + 1, event: this.#events.at(index), start, end: this.#ends.at(index) };
  }
}

/** The first index whose value is `value` or more; the length if there is none. */
function firstAtLeast(list: IntList, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list.at(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

type GrowingLog = Log & { readonly length: () => number };

/**
 * Both directions of one socket, grown with its log; where the other end of the connection is told of by a log of its own, with
 * both.
 */
export class SocketBoundaries {
  readonly sent = new Boundaries();
  readonly received = new Boundaries();
  readonly #log: GrowingLog;
  readonly #other: GrowingLog | undefined;
  #seen = 0;
  #seenOther = 0;
  #version = 0;

  constructor(log: GrowingLog, other?: GrowingLog) {
    this.#log = log;
    this.#other = other;
  }
  get version(): number {
    return this.#version;
  }
  /** The call that a span is of. */
  callOf({ event }: Pick<Span, 'event'>): TraceEvent | undefined {
    return event < 0 ? this.#other?.at(-1 - event) : this.#log.at(event);
  }
  /** Takes in at most `limit` new events of each log; returns whether that was all there are. */
  update(limit = Number.POSITIVE_INFINITY): boolean {
    const end = Math.min(this.#log.length(), this.#seen + limit);
    for (; this.#seen < end; this.#seen += 1) {
      const event = this.#log.at(this.#seen) as TraceEvent;
      // What is told of the other end here, it tells itself.
      if (this.#other === undefined || event.end === 'local') this.#add(this.#seen, event);
    }
    const otherLength = this.#other?.length() ?? 0;
    const otherEnd = Math.min(otherLength, this.#seenOther + limit);
    for (; this.#seenOther < otherEnd; this.#seenOther += 1) {
      const event = this.#other?.at(this.#seenOther) as TraceEvent;
      if (event.end === 'local') this.#add(-1 - this.#seenOther, asPeer(event));
    }
    return end === this.#log.length() && otherEnd === otherLength;
  }

  #add(index: number, event: TraceEvent): void {
    if (event.direction === undefined || event.count === 0 || event.error !== undefined) return;
    this[event.direction satisfies Direction].add(index, event);
    this.#version += 1;
  }
}

/** A call of the other end, as it looks from this one: what it sent is received here. */
function asPeer(event: TraceEvent): TraceEvent {
  const direction = event.direction && (event.direction === 'sent' ? 'received' : 'sent');
  return { ...event, end: 'peer', direction };
}
