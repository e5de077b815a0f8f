import { frameCost } from '../../../protocol/credit.ts';
import { FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import type { ByteCount, Milliseconds } from '../../../protocol/units.ts';
import type { GatewayStream } from '../streams/gateway-stream.ts';

/** Streams with no more than this go first: a keystroke's answer does not wait behind a download. */
const SPARSE_BYTES: ByteCount = 4_096;

/** A tab ahead of its budget waits for more than one short frame's worth: a timer and a message for each cost more than the frame. */
const PACE: Milliseconds = 20;

export type PumpPort = {
  readonly hasRoom: () => boolean;
  /** How long the session's budget makes this many bytes wait; 0 takes them. A short frame counts for more than its bytes. */
  readonly wait: (bytes: ByteCount) => Milliseconds;
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
  /** Run again after a wait. */
  readonly later: (wait: Milliseconds) => void;
  /** The last frame of a stream has gone. */
  readonly onEnded: (stream: GatewayStream) => void;
};

/** Shares one session's channel among its streams: first the sparse ones, then a frame of each in turn. */
export class Pump {
  readonly #port: PumpPort;
  readonly #ready = new Set<GatewayStream>();
  #isRunning = false;

  constructor(port: PumpPort) {
    this.#port = port;
  }

  wake(stream: GatewayStream): void {
    this.#ready.add(stream);
    this.run();
  }
  forget(stream: GatewayStream): void {
    this.#ready.delete(stream);
  }

  run(): void {
    if (this.#isRunning) return; // what a stream does when drained may wake another
    this.#isRunning = true;
    try {
      this.#run();
    } finally {
      this.#isRunning = false;
    }
  }

  #run(): void {
    for (const stream of this.#ready) {
      if (stream.outbound.bytes > SPARSE_BYTES) continue;
      while (this.#send(stream));
    }
    let isMoving = true;
    while (isMoving) {
      isMoving = false;
      for (const stream of this.#ready) isMoving = this.#send(stream) || isMoving;
    }
  }

  /** One frame of one stream, if it may go. */
  #send(stream: GatewayStream): boolean {
    const { outbound } = stream;
    const next = outbound.peek();
    if (!next) {
      this.#ready.delete(stream); // empty, or out of credit: CREDIT wakes it
      return false;
    }
    if (!this.#port.hasRoom()) return false; // an ACK or the transport's drain runs the pump again
    const wait = this.#port.wait(frameCost(HEADER_BYTES + next.payload.length));
    if (wait > 0) {
      this.#port.later(Math.max(wait, PACE));
      return false;
    }
    outbound.shift();
    this.#port.send(next.type, stream.id, next.payload);
    if (next.type === FrameType.CLOSED || next.type === FrameType.RST) {
      this.#ready.delete(stream);
      this.#port.onEnded(stream);
    } else stream.onDrain();
    return true;
  }
}
