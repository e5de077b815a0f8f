import { FrameType } from '../../../../protocol/frame.ts';
import { encodeMessage } from '../../../../protocol/messages/codec.ts';
import type { Pending } from '../../../../protocol/messages/socket.ts';
import type { MonotonicClock } from '../../../shared/clock.ts';
import type { Outbound } from '../outbound.ts';
import type { StreamHost } from '../stream-host.ts';

export type DatagramDropsOptions = {
  readonly stream: number;
  readonly outbound: Outbound;
  /** Datagrams that the queue takes. */
  readonly max: number;
  readonly clock: Pick<MonotonicClock, 'nowMicros'>;
  readonly host: Pick<StreamHost, 'send' | 'soon' | 'events'>;
};

/** Datagrams that had no room in the queue to the browser, or in a frame, and PENDING, which says how many they were. */
export class DatagramDrops {
  readonly #options: DatagramDropsOptions;
  #count = 0;
  /** Of these: longer than a frame takes, which over IPv6 they may be. */
  #tooLong = 0;
  #told = 0;
  #isPutOff = false;
  #isOver = false;

  constructor(options: DatagramDropsOptions) {
    this.#options = options;
  }

  /** One more: the first is told at once; of the rest soon, or when there is room again, how many they were. */
  add(isTooLong: boolean): void {
    this.#count += 1;
    if (isTooLong) this.#tooLong += 1;
    if (this.#count === 1) this.#tell();
    else this.#tellSoon();
  }
  onDrain(): void {
    if (this.#count > this.#told) this.#tell();
  }
  /** The socket ends: the last PENDING goes before its end, however full the session is. */
  end(): void {
    if (!this.#isOver && this.#count > this.#told) this.#send();
    this.#isOver = true;
  }

  /** The queue may hold nothing that the browser acknowledges, so `onDrain` may never come. */
  #tellSoon(): void {
    if (this.#isPutOff) return;
    this.#isPutOff = true;
    this.#options.host.soon(() => {
      this.#isPutOff = false;
      if (this.#count > this.#told) this.#tell();
    });
  }
  #tell(): void {
    if (!this.#options.host.events.hasRoom() || this.#isOver) return;
    this.#send();
  }
  #send(): void {
    const { stream, outbound, max, clock, host } = this.#options;
    this.#told = this.#count;
    const pending: Pending = {
      at: clock.nowMicros(),
      waiting: outbound.length,
      max,
      dropped: this.#count,
      ...(this.#tooLong > 0 && { tooLong: this.#tooLong }),
    };
    host.send(FrameType.PENDING, stream, encodeMessage(pending));
  }
}
