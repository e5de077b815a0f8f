import { PlaygroundError } from '../errors.ts';
import type { MessagePool } from '../message-pool.ts';
import type { ByteCount } from '../units.ts';
import { KeptMessage } from './kept-message.ts';
import { isAfter, isWithin } from './serial-number.ts';

/** The messages that the peer has not acknowledged, oldest first, and how far the present transport has them. */
export class ReplayRing {
  readonly #pool: MessagePool;
  readonly #kept: KeptMessage[] = [];
  /** How many of them have been taken since the last rewind. */
  #taken = 0;
  #bytes: ByteCount = 0;
  /** The last seq ever taken, by any transport: the peer cannot have received more. */
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

  /** Keeps a message; `lastSeq` is that of its last frame. */
  push(message: Uint8Array<ArrayBuffer>, lastSeq: number): void {
    this.#kept.push(new KeptMessage(message, lastSeq, this.#pool));
    this.#bytes += message.length;
  }

  /** The oldest message not taken since the last rewind; undefined when all have been. */
  peekNext(): KeptMessage | undefined {
    return this.#kept[this.#taken];
  }
  /** Takes what `peekNext` returned. */
  takeNext(): void {
    const message = this.#kept[this.#taken] as KeptMessage;
    this.#taken += 1;
    message.wasTaken = true;
    if (isAfter(message.lastSeq, this.#takenSeq)) this.#takenSeq = message.lastSeq;
  }

  /** Begins anew with the oldest. */
  rewind(): void {
    this.#taken = 0;
  }

  /** Can the peer have received up to `seq`: all after it is kept, and all up to it was sent? */
  isPossible(seq: number): boolean {
    return isWithin(seq, this.#acknowledgedSeq, this.#takenSeq);
  }

  /**
   * Can the peer have received frame `seq` over the present transport, which has let `left` bytes go? An ACK that says
   * nothing new can always come.
   */
  hasLeft(seq: number, left: ByteCount): boolean {
    if (seq === this.#acknowledgedSeq) return true;
    const index = this.#kept.findIndex(({ lastSeq }) => !isAfter(seq, lastSeq));
    const message = this.#kept[index];
    return message !== undefined && index < this.#taken && message.end <= left;
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
    for (const message of this.#kept) {
      if (isAfter(message.lastSeq, seq)) break;
      this.#bytes -= message.bytes.length;
      message.acknowledge();
      count += 1;
    }
    this.#kept.splice(0, count);
    this.#taken = Math.max(0, this.#taken - count); // some may have arrived through an earlier transport
  }
}
