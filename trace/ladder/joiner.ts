import type { TraceEvent } from '../event.ts';

type Log = { readonly at: (index: number) => TraceEvent | undefined };

/**
 * One direction of a connection: which of the sending end's calls put the bytes on the wire that a call of the reading end
 * took off it. A read belongs to the send that its last byte came from, for it cannot have returned before that send; the
 * first read that belongs to a send is its partner. Each end's calls come in the order of their offsets, the two ends'
 * calls in any order.
 */
export class CallJoiner {
  readonly #sendLog: Log;
  readonly #readLog: Log;
  readonly #sends = new Queue();
  readonly #reads = new Queue();
  #hasPartner = false;

  /** Where the calls of the two ends stand: in one log, or each end's in its own. */
  constructor(sendLog: Log, readLog: Log) {
    this.#sendLog = sendLog;
    this.#readLog = readLog;
  }

  /** The reads, told of earlier, that belong to this send: its partner first. */
  addSend(index: number): readonly number[] {
    const send = this.#send(index);
    const own: number[] = [];
    for (let read = this.#reads.head; read !== undefined; read = this.#reads.head) {
      const isOwn = belongs(this.#read(read), send);
      if (!isOwn && end(this.#read(read)) > send.offset) break;
      if (isOwn) own.push(read);
      this.#reads.shift();
    }
    if (own.length > 0) this.#sends.clear(); // the earlier ones end before what has been read
    this.#sends.push(index);
    if (this.#sends.length === 1) this.#hasPartner = own.length > 0;
    return own;
  }

  /** The send that this read belongs to, where it is known, and whether the read is its partner. */
  addRead(index: number): { readonly send: number; readonly isPartner: boolean } | undefined {
    const read = this.#read(index);
    while (this.#sends.head !== undefined && !this.#isHeadOf(read)) {
      if (end(this.#send(this.#sends.head)) > end(read)) return undefined; // the send's event was never told
      this.#sends.shift();
      this.#hasPartner = false;
    }
    const send = this.#sends.head;
    if (send === undefined) {
      this.#reads.push(index);
      return undefined;
    }
    const isPartner = !this.#hasPartner;
    this.#hasPartner = true;
    return { send, isPartner };
  }

  /** The first send of which bytes are unread after `read` bytes, where it is known. */
  firstUnread(read: number): TraceEvent | undefined {
    for (let nth = 0; nth < this.#sends.length; nth += 1) {
      const send = this.#send(this.#sends.at(nth));
      if (end(send) > read) return send;
    }
    return undefined;
  }

  /** Empty datagrams share their offset with the next one: such a pair is told apart by its count. */
  #isHeadOf(read: TraceEvent): boolean {
    const send = this.#send(this.#sends.head as number);
    if (!belongs(read, send)) return false;
    const next = this.#sends.second;
    return !(this.#hasPartner && next !== undefined && isSame(read, this.#send(next)));
  }
  #send(index: number): TraceEvent {
    return this.#sendLog.at(index) as TraceEvent;
  }
  #read(index: number): TraceEvent {
    return this.#readLog.at(index) as TraceEvent;
  }
}

function end({ offset, count }: TraceEvent): number {
  return offset + count;
}
function isSame(read: TraceEvent, send: TraceEvent): boolean {
  return read.offset === send.offset && read.count === send.count;
}
function belongs(read: TraceEvent, send: TraceEvent): boolean {
  return isSame(read, send) || (send.offset < end(read) && end(read) <= end(send));
}

/** First in, first out, without moving what waits at each step. */
class Queue {
  #items: number[] = [];
  #start = 0;

  get head(): number | undefined {
    return this.#items[this.#start];
  }
  get second(): number | undefined {
    return this.#items[this.#start + 1];
  }
  at(nth: number): number {
    return this.#items[this.#start + nth] as number;
  }
  get length(): number {
    return this.#items.length - this.#start;
  }
  push(item: number): void {
    this.#items.push(item);
  }
  clear(): void {
    this.#items = [];
    this.#start = 0;
  }
  shift(): void {
    this.#start += 1;
    if (this.#start < 1_024 || this.#start * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#start);
    this.#start = 0;
  }
}
