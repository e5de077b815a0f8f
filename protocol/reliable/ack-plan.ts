import type { Cancel, Clock } from '../clock.ts';
import { encodeFrame, FrameType, HEADER_BYTES } from '../frame.ts';
import { encodeU32 } from '../payloads.ts';
import type { ByteCount, Milliseconds } from '../units.ts';

const ACK_BYTES: ByteCount = 65_536;
const ACK_DELAY: Milliseconds = 100;
/** One that is due goes in front of a message that is no longer than this. */
const SHARES_UNTIL: ByteCount = 1_024;

export type AckPlanOptions = {
  readonly clock: Clock;
  /** There is one to be said with the next flush. */
  readonly onDue: () => void;
  /** The time has come to say one, whether anything else is to be said or not. */
  readonly say: () => void;
};

/** When what has arrived is acknowledged: after 64 KiB with whatever leaves next, else after a while. */
export class AckPlan {
  readonly #options: AckPlanOptions;
  #bytes: ByteCount = 0;
  #cancel: Cancel | undefined;
  #isDue = false;

  constructor(options: AckPlanOptions) {
    this.#options = options;
  }

  get isDue(): boolean {
    return this.#isDue;
  }
  /** A frame with this payload arrived. */
  count(payload: Uint8Array): void {
    this.#bytes += HEADER_BYTES + payload.length;
  }
  /** A message has been read to its end. */
  plan(): void {
    if (this.#bytes >= ACK_BYTES) {
      this.#isDue = true;
      this.#options.onDue();
    } else if (this.#bytes > 0) this.#cancel ??= this.#later();
  }
  /** Said, whatever it was that arrived. */
  settle(): void {
    this.cancel();
    this.#bytes = 0;
  }
  /** It could not be said: again in a while. */
  postpone(): void {
    this.cancel();
    this.#cancel = this.#later();
  }
  /** There is no transport: the next HELLO or WELCOME acknowledges. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isDue = false;
  }
  /** May it share a message with this one? */
  goesWith(message: Uint8Array): boolean {
    return this.#isDue && message.length <= SHARES_UNTIL;
  }

  #later(): Cancel {
    return this.#options.clock.after(ACK_DELAY, this.#options.say);
  }
}

/** An ACK, unnumbered, in front of a message. */
export function joinAck(received: number, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const ack = encodeFrame({ type: FrameType.ACK, seq: 0, stream: 0, payload: encodeU32(received) });
  const both = new Uint8Array(ack.length + message.length);
  both.set(ack);
  both.set(message, ack.length);
  return both;
}
