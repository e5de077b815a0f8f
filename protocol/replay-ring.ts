import { PlaygroundError } from './errors.ts';
import type { MessagePool } from './message-pool.ts';
import { isAfter, isWithin } from './serial-number.ts';
import type { ByteCount } from './units.ts';

type Kept = { readonly message: Uint8Array<ArrayBuffer>; readonly lastSeq: number };

/** The messages that the other side has not acknowledged, oldest first, and how far the present transport has them. */
export class ReplayRing {
  readonly #pool: MessagePool;
  readonly #kept: Kept[] = [];
  /** How many of them have been taken since the last rewind. */
  #taken = 0;
  #bytes: ByteCount = 0;
  /** The last seq ever taken, by any transport: the other side cannot have received more. */
  #takenSeq: number;
  #acknowledgedSeq: number;

  constructor(originSeq: number, pool: MessagePool) {
    this.#pool = pool;
    this.#takenSeq = originSeq;
    this.#acknowledgedSeq = originSeq;
  }
  get bytes(): ByteCount {
    return this.#bytes;
  }
  get acknowledgedSeq(): number {
    return this.#acknowledgedSeq;
  }
  /** Has any of them been taken since the last rewind? */
  get isUnderWay(): boolean {
    return this.#taken > 0;
  }
  get hasNext(): boolean {
    return this.#taken < this.#kept.length;
  }

  /** Keeps a message; `lastSeq` is that of its last frame. */
  push(message: Uint8Array<ArrayBuffer>, lastSeq: number): void {
    this.#kept.push({ message, lastSeq });
    this.#bytes += message.length;
  }

  /** The oldest message not taken since the last rewind. Call only while `hasNext`. */
  takeNext(): Uint8Array<ArrayBuffer> {
    const { message, lastSeq } = this.#kept[this.#taken] as Kept;
    this.#taken += 1;
    if (isAfter(lastSeq, this.#takenSeq)) this.#takenSeq = lastSeq;
    return message;
  }

  /** Begins anew with the oldest. */
  rewind(): void {
    this.#taken = 0;
  }

  /** Is `seq` one up to which the other side can have received: nothing it lacks is gone, nothing it has was never sent? */
  isPossible(seq: number): boolean {
    return isWithin(seq, this.#acknowledgedSeq, this.#takenSeq);
  }

  /**
   * Forgets what has arrived. A message of which only a part has stays whole: the receiver drops that part again.
   * @throws {PlaygroundError} ACK_INVALID where `isPossible` is false.
   */
  acknowledge(seq: number): void {
    if (!this.isPossible(seq)) {
      const range = `${this.#acknowledgedSeq} to ${this.#takenSeq} possible`;
      throw new PlaygroundError('ACK_INVALID', `seq ${seq} acknowledged, ${range}`);
    }
    this.#acknowledgedSeq = seq;
    let count = 0;
    for (const { message, lastSeq } of this.#kept) {
      if (isAfter(lastSeq, seq)) break;
      this.#bytes -= message.length;
      this.#pool.give(message); // it has arrived, so no transport has anything of it left to send
      count += 1;
    }
    this.#kept.splice(0, count);
    this.#taken = Math.max(0, this.#taken - count); // some may have arrived through an earlier transport
  }
}
