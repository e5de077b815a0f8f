import type { MessagePool } from '../message-pool.ts';
import type { ByteCount } from '../units.ts';

/**
 * A message that is kept for replay. Its buffer goes back to the pool when the peer has acknowledged it *and* every
 * transport that was given it has released it: an ACK alone says nothing of what a transport has still to send.
 */
export class KeptMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The seq of its last frame. */
  readonly lastSeq: number;
  readonly #pool: MessagePool;
  #readers = 0;
  #isAcknowledged = false;
  /** A transport has been given it before: giving it to another is a replay. */
  wasTaken = false;
  /** Where it ends among the bytes of the transport that has it now. */
  end: ByteCount = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>, lastSeq: number, pool: MessagePool) {
    this.bytes = bytes;
    this.lastSeq = lastSeq;
    this.#pool = pool;
  }

  /** A transport will read it until it calls what is returned; then `onLetGo` runs, once. */
  lend(onLetGo: () => void): () => void {
    this.#readers += 1;
    let isRead = false;
    return () => {
      if (isRead) return;
      isRead = true;
      this.#readers -= 1;
      this.#giveBack();
      onLetGo();
    };
  }
  acknowledge(): void {
    this.#isAcknowledged = true;
    this.#giveBack();
  }

  #giveBack(): void {
    if (this.#isAcknowledged && this.#readers === 0) this.#pool.give(this.bytes);
  }
}
