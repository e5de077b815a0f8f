import type { Cancel, Clock } from './clock.ts';
import { PlaygroundError } from './errors.ts';
import { decodeFrames, type Frame, FrameType, HEADER_BYTES, writeFrame } from './frame.ts';
import { decodeU32, encodeU32 } from './happenings.ts';
import type { ByteCount, Milliseconds } from './units.ts';

/** One WebSocket, as this layer sees it. */
export type Transport = {
  /** Hands over one binary message. `onSent` runs when it has left this process's memory, where the host can tell. */
  readonly send: (message: Uint8Array<ArrayBuffer>, onSent: () => void) => void;
  readonly bufferedAmount: () => ByteCount;
};

export type ReliableOptions = {
  readonly clock: Clock;
  /** Runs `flush` once, soon: frames queued until then share a message. */
  readonly schedule: (flush: () => void) => void;
  /** Every frame that is not this layer's own, once, in order. */
  readonly onFrame: (frame: Frame) => void;
  /** There is room again: the other side acknowledged, or the transport drained. */
  readonly onDrain: () => void;
  readonly ringBytes?: ByteCount;
};

/** Frames kept for replay are never more than this; senders stop long before (UNACKNOWLEDGED_BYTES). */
export const RING_BYTES: ByteCount = 1_048_576;
/** DATA waits while more than this is unacknowledged. */
export const UNACKNOWLEDGED_BYTES: ByteCount = 262_144;
/** A message goes out only while less than this waits in the transport. */
export const TRANSPORT_HIGH_WATER: ByteCount = 32_768;
const ACK_BYTES: ByteCount = 32_768;
const ACK_DELAY: Milliseconds = 100;
/** Small frames are gathered up to this. */
const BATCH_BYTES: ByteCount = 65_536;

type Kept = { readonly message: Uint8Array<ArrayBuffer>; readonly lastSeq: number };

/** RFC 1982 serial number arithmetic on 32 bits: is `a` after `b`? */
export function isAfter(a: number, b: number): boolean {
  return a !== b && (a - b) >>> 0 < 0x8000_0000;
}

/** The seq after `seq`; 0 is no seq, so it is stepped over. */
export function nextSeq(seq: number): number {
  return (seq + 1) >>> 0 || 1;
}

/**
 * A channel that outlives its WebSockets: numbers what it sends, keeps it until acknowledged, replays it on the next
 * transport, drops what it has already received and treats a gap as fatal. One at each end, the same class.
 *
 * attach/detach is the fence: nothing of a transport is processed once another (or none) is attached.
 */
export class Reliable {
  readonly #options: ReliableOptions;
  readonly #ringLimit: ByteCount;
  #transport: Transport | undefined;
  #sentSeq = 0;
  #receivedSeq = 0;
  /** Sent or about to be, oldest first; the first `#transmitted` have been given to the present transport. */
  readonly #ring: Kept[] = [];
  #transmitted = 0;
  #ringBytes: ByteCount = 0;
  #queue: Frame[] = [];
  #queueBytes: ByteCount = 0;
  #isFlushScheduled = false;
  #bytesSinceAck: ByteCount = 0;
  #cancelAck: Cancel | undefined;

  constructor(options: ReliableOptions) {
    this.#options = options;
    this.#ringLimit = options.ringBytes ?? RING_BYTES;
  }

  /** The seq of the last reliable frame received: what HELLO and WELCOME announce. */
  get received(): number {
    return this.#receivedSeq;
  }
  /** Bytes of frames that the other side has not acknowledged, those still waiting here included. */
  get unacknowledged(): ByteCount {
    return this.#ringBytes + this.#queueBytes;
  }
  get isAttached(): boolean {
    return this.#transport !== undefined;
  }
  /** May DATA be queued now? Without a transport too, until the allowance is used up. */
  get hasRoom(): boolean {
    if (this.unacknowledged >= UNACKNOWLEDGED_BYTES) return false;
    return this.#transport === undefined || this.#transport.bufferedAmount() + this.#queueBytes < TRANSPORT_HIGH_WATER;
  }

  /**
   * Queues a reliable frame. The payload must not be changed until the next flush.
   * @throws {PlaygroundError} RING_FULL: the other side acknowledges nothing; the session must end.
   */
  send(type: FrameType, stream: number, payload: Uint8Array): void {
    const size = HEADER_BYTES + payload.length;
    if (this.unacknowledged + size > this.#ringLimit) {
      throw new PlaygroundError('RING_FULL', `${this.unacknowledged} bytes unacknowledged`);
    }
    if (this.#queueBytes + size > BATCH_BYTES) this.#pack();
    this.#sentSeq = nextSeq(this.#sentSeq);
    this.#queue.push({ type, seq: this.#sentSeq, stream, payload });
    this.#queueBytes += size;
    this.#scheduleFlush();
  }

  /** Sends at once, unnumbered: lost when there is no transport, or when it is cut. Returns whether there was one. */
  sendUnnumbered(type: FrameType, stream: number, payload: Uint8Array): boolean {
    if (!this.#transport) return false;
    const message = new Uint8Array(HEADER_BYTES + payload.length);
    writeFrame(message, 0, { type, seq: 0, stream, payload });
    this.#transport.send(message, ignore);
    return true;
  }

  /** The fence: forgets the transport; nothing it still delivers is processed. */
  detach(): void {
    this.#transport = undefined;
    this.#cancelAck?.();
    this.#cancelAck = undefined;
  }

  /** Goes on over a new transport whose other end has received up to `peerReceived`: trims, replays, sends anew. */
  attach(transport: Transport, peerReceived: number): void {
    this.detach();
    this.#acknowledge(peerReceived);
    this.#transmitted = 0;
    this.#bytesSinceAck = 0;
    this.#transport = transport;
    this.flush();
    this.#options.onDrain();
  }

  /**
   * One message of a transport.
   * @throws {PlaygroundError} FRAME_INVALID, SEQUENCE_GAP, ACK_INVALID: the session cannot go on.
   */
  receive(transport: Transport, message: Uint8Array): void {
    if (transport !== this.#transport) return;
    for (const frame of decodeFrames(message)) {
      if (transport !== this.#transport) return;
      this.#receiveFrame(frame);
    }
  }

  /** Gives the transport what waits, as far as it takes it. */
  flush(): void {
    this.#isFlushScheduled = false;
    this.#pack();
    const transport = this.#transport;
    if (!transport) return;
    while (this.#transmitted < this.#ring.length && transport.bufferedAmount() < TRANSPORT_HIGH_WATER) {
      const { message } = this.#ring[this.#transmitted] as Kept;
      this.#transmitted += 1;
      transport.send(message, () => this.#onSent(transport));
    }
  }

  /** Tells the other side at once what has arrived. */
  sendAck(): void {
    this.#cancelAck?.();
    this.#cancelAck = undefined;
    this.#bytesSinceAck = 0;
    this.sendUnnumbered(FrameType.ACK, 0, encodeU32(this.#receivedSeq));
  }

  #receiveFrame(frame: Frame): void {
    if (frame.seq === 0) {
      if (frame.type === FrameType.ACK) this.#onAck(decodeU32(frame.payload));
      else this.#options.onFrame(frame);
      return;
    }
    if (!isAfter(frame.seq, this.#receivedSeq)) return; // a replay of what arrived before the cut
    if (frame.seq !== nextSeq(this.#receivedSeq)) {
      throw new PlaygroundError('SEQUENCE_GAP', `seq ${frame.seq} after ${this.#receivedSeq}`);
    }
    this.#receivedSeq = frame.seq;
    this.#bytesSinceAck += HEADER_BYTES + frame.payload.length;
    if (this.#bytesSinceAck >= ACK_BYTES) this.sendAck();
    else this.#cancelAck ??= this.#options.clock.after(ACK_DELAY, () => this.sendAck());
    this.#options.onFrame(frame);
  }

  #onAck(seq: number): void {
    this.#acknowledge(seq);
    this.flush();
    this.#options.onDrain();
  }

  #acknowledge(seq: number): void {
    if (isAfter(seq, this.#sentSeq) && seq !== 0) {
      throw new PlaygroundError('ACK_INVALID', `seq ${seq} acknowledged, ${this.#sentSeq} sent`);
    }
    let count = 0;
    for (const { message, lastSeq } of this.#ring) {
      if (isAfter(lastSeq, seq)) break;
      this.#ringBytes -= message.length;
      count += 1;
    }
    if (count > this.#transmitted)
      throw new PlaygroundError('ACK_INVALID', `seq ${seq} acknowledged before it was sent`);
    this.#ring.splice(0, count);
    this.#transmitted -= count;
  }

  #onSent(transport: Transport): void {
    if (transport !== this.#transport) return;
    this.flush();
    this.#options.onDrain();
  }

  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    this.#options.schedule(() => this.flush());
  }

  /** Writes the queued frames, back to back, into one message of the ring. */
  #pack(): void {
    const last = this.#queue.at(-1);
    if (!last) return;
    const message = new Uint8Array(this.#queueBytes);
    let offset = 0;
    for (const frame of this.#queue) offset = writeFrame(message, offset, frame);
    this.#ring.push({ message, lastSeq: last.seq });
    this.#ringBytes += this.#queueBytes;
    this.#queue = [];
    this.#queueBytes = 0;
  }
}

function ignore(): void {}
