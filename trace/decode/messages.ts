import type { ByteCount } from '../../protocol/units.ts';
import type { Direction, TraceEvent } from '../event.ts';
import type { ByteStreams } from '../event-bytes.ts';
import { IntList } from '../int-list.ts';
import type { Rule } from './message.ts';

export type MessageSource = ByteStreams & {
  readonly log: { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };
};
export type Message = {
  readonly direction: Direction;
  readonly start: ByteCount;
  readonly end: ByteCount;
  /** Where its body begins, behind a head or a length. */
  readonly body: ByteCount;
  /** So many calls of the page's own socket have moved it. */
  readonly calls: number;
  /** The call that moved its last byte: its index in the log. */
  readonly index: number;
};
/** What stands behind the last whole message of a direction. */
export type Tail = { readonly bytes: ByteCount; readonly state: 'partial' | 'cut' | 'broken' };

/** So much of a direction is decoded: a rule may have to look at all of it again with each call. */
export const DECODED_MAX: ByteCount = 4 * 1_048_576;
/** Messages found before the time is looked at again. */
const MESSAGES_AT_ONCE = 256;

/** The bytes that the page's own socket moved, as messages of a rule, in the order in which they were whole. Grows with the log. */
export class Messages {
  readonly #log: MessageSource['log'];
  readonly #sides: Readonly<Record<Direction, Side>>;
  readonly #messages: Message[] = [];
  #seen = 0;
  #version = 0;

  constructor(source: MessageSource, rule: Rule) {
    this.#log = source.log;
    this.#sides = { sent: new Side('sent', source, rule), received: new Side('received', source, rule) };
  }

  /** Takes in new calls until `isTime` says to stop; returns whether that was all there are. */
  update(isTime: () => boolean): boolean {
    const length = this.#log.length();
    for (; this.#seen < length; this.#seen += 1) this.#take(this.#seen, this.#log.at(this.#seen) as TraceEvent);
    const found: Message[] = [];
    let isAll = true;
    for (const side of [this.#sides.sent, this.#sides.received]) isAll = side.decode(found, isTime) && isAll;
    // One of the other direction may come later than what stands already, where there was no time for all.
    this.#messages.push(...found.sort((a, b) => a.index - b.index));
    const tails = [this.#sides.sent, this.#sides.received].map(({ version }) => version);
    this.#version = this.#messages.length + tails.reduce((sum, version) => sum + version, 0);
    return isAll;
  }
  get version(): number {
    return this.#version;
  }
  get count(): number {
    return this.#messages.length;
  }
  at(row: number): Message {
    return this.#messages[row] as Message;
  }
  /** Undefined where nothing is left over. */
  tail(direction: Direction): Tail | undefined {
    return this.#sides[direction].tail;
  }
  /** There is more than is decoded. */
  get isCut(): boolean {
    return this.#sides.sent.isCut || this.#sides.received.isCut;
  }

  #take(index: number, { end, call, direction, offset, count, error }: TraceEvent): void {
    if (end !== 'local') return;
    const { sent, received } = this.#sides;
    if (direction !== undefined && count > 0) this.#sides[direction].move(index, offset + count);
    const isOver = call === 'close' || call === 'reset' || (error !== undefined && call !== 'setsockopt');
    if (call === 'shutdown' || isOver) sent.finish();
    if (isOver || (call === 'recv' && count === 0)) received.finish();
  }
}

class Side {
  readonly #direction: Direction;
  readonly #source: MessageSource;
  readonly #rule: Rule;
  /** By call that moved bytes: where they end, and its index in the log. */
  readonly #ends = new IntList();
  readonly #indexes = new IntList();
  #moved: ByteCount = 0;
  #start: ByteCount = 0;
  #isEnded = false;
  #isBroken = false;
  /** Nothing has come since the rule was asked in vain. */
  #isAsked = true;
  version = 0;

  constructor(direction: Direction, source: MessageSource, rule: Rule) {
    this.#direction = direction;
    this.#source = source;
    this.#rule = rule;
  }
  get isCut(): boolean {
    return this.#moved > DECODED_MAX;
  }
  get tail(): Tail | undefined {
    const bytes = Math.min(this.#moved, DECODED_MAX) - this.#start;
    if (bytes <= 0) return undefined;
    return { bytes, state: this.#isBroken ? 'broken' : this.#isEnded ? 'cut' : 'partial' };
  }
  move(index: number, end: ByteCount): void {
    this.#ends.push(end);
    this.#indexes.push(index);
    this.#moved = Math.max(this.#moved, end);
    this.#isAsked = false;
    this.version += 1;
  }
  finish(): void {
    this.#isEnded = true;
    this.#isAsked = false;
    this.version += 1;
  }
  decode(found: Message[], isTime: () => boolean): boolean {
    const stream = this.#source[this.#direction];
    const length = Math.min(this.#moved, DECODED_MAX);
    const bytes = {
      length,
      slice: (offset: ByteCount, count: ByteCount) =>
        stream.slice(offset, Math.min(count, Math.max(0, length - offset))),
    };
    for (let nth = 1; !this.#isAsked && !this.#isBroken && this.#start < length; nth += 1) {
      const next = this.#rule(bytes, this.#start, this.#isEnded && !this.isCut);
      if (typeof next === 'string') {
        this.#isBroken = next === 'broken';
        this.#isAsked = true;
        break;
      }
      found.push(this.#message(this.#start, next.end, next.body));
      this.#start = next.end;
      if (nth % MESSAGES_AT_ONCE === 0 && isTime()) return false;
    }
    return true;
  }
  #message(start: ByteCount, end: ByteCount, body: ByteCount): Message {
    const first = this.#callAt(start);
    const last = this.#callAt(end - 1);
    return { direction: this.#direction, start, end, body, calls: last - first + 1, index: this.#indexes.at(last) };
  }
  /** The call that moved the byte at this offset. */
  #callAt(offset: ByteCount): number {
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends.at(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
