import { PlaygroundError } from '../../../protocol/errors.ts';
import type { CallOutcome } from '../../../protocol/messages/calls.ts';
import type { ByteCount } from '../../../protocol/units.ts';

/** A socket whose reads can be held. */
export type HeldReads = {
  /** recv(2) is called as soon as the socket is readable. */
  readonly start: () => void;
  /** recv(2) is not called: what comes stays in the kernel. */
  readonly stop: () => void;
  /** There is room for what one more recv(2) returns. */
  readonly hasRoom: () => boolean;
  /** EOF has been read: each later recv(2) returns it again. */
  readonly hasEnded: () => boolean;
};

/** One recv(2) for each CALL `recv`, as a program that blocks in it makes them: one after the other. */
export class RecvByHand {
  readonly #reads: HeldReads;
  #waiting: { readonly size: ByteCount; readonly resolve: (outcome: CallOutcome) => void } | undefined;
  #isOn = false;
  #isReading = false;

  constructor(reads: HeldReads) {
    this.#reads = reads;
  }

  get isOn(): boolean {
    return this.#isOn;
  }
  /** Read by hand from now on. A recv(2) that waits goes on waiting. */
  hold(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    if (!this.#isReading) this.#reads.stop();
    this.onRoom();
  }
  /** Read by itself again: a recv(2) that waits is the first. The reads are the socket's own to start. */
  release(): void {
    this.#isOn = false;
    this.#isReading = false;
  }

  recv(size: ByteCount): Promise<CallOutcome> {
    if (!this.#isOn) throw new PlaygroundError('UNSUPPORTED', 'recv on a socket that is read by itself');
    if (this.#waiting) return Promise.resolve({ code: 'EALREADY', text: 'a recv waits for bytes' });
    if (this.#reads.hasEnded()) return Promise.resolve({ count: 0 });
    const { promise, resolve } = Promise.withResolvers<CallOutcome>();
    this.#waiting = { size, resolve };
    this.onRoom();
    return promise;
  }
  /** What was read before may have gone. */
  onRoom(): void {
    if (!this.#waiting || this.#isReading || !this.#isOn || !this.#reads.hasRoom()) return;
    this.#isReading = true;
    this.#reads.start();
  }
  /** recv(2) has returned so many bytes, 0 at EOF; a datagram may be longer than what was asked for. */
  onRead(count: ByteCount): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#isOn) {
      this.#isReading = false;
      this.#reads.stop();
    }
    waiting?.resolve({ count: Math.min(count, waiting.size) });
  }
  /** The socket is over. */
  end(): void {
    this.#waiting?.resolve({ code: 'SOCKET_CLOSED', text: 'the socket has ended' });
    this.#waiting = undefined;
  }
}
