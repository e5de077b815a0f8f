import { decodeFrames, type Frame, FrameType } from '../frame.ts';
import { decodeU32 } from '../payloads.ts';
import type { Transport } from '../reliable/transport.ts';
import type { ByteCount } from '../units.ts';

/** A transport that keeps what it is given; the test says how full it is and when a message has left. */
export class RecordedTransport implements Transport {
  readonly messages: Uint8Array[] = [];
  readonly sentCallbacks: (() => void)[] = [];
  buffered: ByteCount = 0;

  readonly send = (message: Uint8Array, onSent: () => void): void => {
    this.messages.push(message);
    this.sentCallbacks.push(onSent);
  };
  readonly bufferedAmount = (): ByteCount => this.buffered;

  get frames(): Frame[] {
    return this.messages.flatMap((message) => decodeFrames(message));
  }
  /** The seqs of the reliable frames, in the order in which they went. */
  get seqs(): number[] {
    return this.frames.filter(({ seq }) => seq > 0).map(({ seq }) => seq);
  }
  /** What the ACKs said. */
  get acks(): number[] {
    return this.frames.filter(({ type }) => type === FrameType.ACK).map(({ payload }) => decodeU32(payload));
  }
}
