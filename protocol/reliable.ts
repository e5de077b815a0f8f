import type { Cancel, Clock } from './clock.ts';
import { PlaygroundError } from './errors.ts';
import {
  assertPayloadFits,
  decodeFrames,
  encodeFrame,
  type Frame,
  FrameType,
  HEADER_BYTES,
  hasHeaderRoom,
  MESSAGE_BYTES_MAX,
  wrapPayload,
  writeFrame,
} from './frame.ts';
import { decodeU32, encodeU32 } from './happenings.ts';
import { MessagePool } from './message-pool.ts';
import { ReplayRing } from './replay-ring.ts';
import { isAfter, nextSeq } from './serial-number.ts';
import type { ByteCount, Milliseconds } from './units.ts';

/** One WebSocket, as this layer sees it. */
export type Transport = {
  /**
   * Hands over one binary message. `onSent` runs when it has left this process's memory, where the host can tell.
   * One that throws counts as cut: it is detached, and what it did not take is replayed on the next.
   */
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
  /** Where long messages come from and go back to; one of its own unless many share one. */
  readonly pool?: MessagePool;
  /** The seq before the first, in both directions; both ends must agree. Tests begin shortly before numbers go round. */
  readonly originSeq?: number;
};

/** Frames kept for replay are never more than this; senders stop long before (UNACKNOWLEDGED_BYTES). */
export const RING_BYTES: ByteCount = 1_048_576;
/** DATA waits while more than this is unacknowledged. */
export const UNACKNOWLEDGED_BYTES: ByteCount = 262_144;
/** A message goes out only while less than this waits in the transport. */
export const TRANSPORT_HIGH_WATER: ByteCount = 131_072;
/** Above this the transport is full of what nobody reads; numbered messages stop long before. */
const UNNUMBERED_HIGH_WATER: ByteCount = TRANSPORT_HIGH_WATER;
const ACK_BYTES: ByteCount = 65_536;
const ACK_DELAY: Milliseconds = 100;
/** Frames are gathered up to this. */
const BATCH_BYTES: ByteCount = MESSAGE_BYTES_MAX;
/** A payload from here on that has room for its header goes alone: gathering it would be a copy. */
const ALONE_FROM: ByteCount = 8_192;
/** An ACK that is due goes in front of a message that is no longer than this. */
const ACK_SHARES_UNTIL: ByteCount = 1_024;
/** What a transport and the other side hold of one channel's long messages. */
const POOLED_MESSAGES = 8;

/**
 * A channel that outlives its WebSockets: numbers what it sends, keeps it until acknowledged, replays it on the next
 * transport, drops what it has already received and treats a gap as fatal. One at each end, the same class.
 *
 * attach/detach is the fence: nothing of a transport is processed once another (or none) is attached. Transports may call
 * back at any time, from within `send` too; but `receive` must not be called from within `onFrame`.
 */
export class Reliable {
  readonly #options: ReliableOptions;
  readonly #ringLimit: ByteCount;
  #transport: Transport | undefined;
  #onTransportSent: () => void = ignore;
  #sentSeq: number;
  #receivedSeq: number;
  readonly #ring: ReplayRing;
  readonly #pool: MessagePool;
  #queue: Frame[] = [];
  #queueBytes: ByteCount = 0;
  #isFlushScheduled = false;
  #isFlushing = false;
  readonly #runScheduledFlush = (): void => {
    this.#isFlushScheduled = false;
    this.flush();
    if (this.#transport && this.hasRoom) this.#options.onDrain(); // what waited for the queue's room has it now
  };
  #bytesSinceAck: ByteCount = 0;
  #cancelAck: Cancel | undefined;
  /** To be said with the next flush. */
  #isAckDue = false;

  constructor(options: ReliableOptions) {
    this.#options = options;
    this.#ringLimit = options.ringBytes ?? RING_BYTES;
    this.#sentSeq = options.originSeq ?? 0;
    this.#receivedSeq = this.#sentSeq;
    this.#pool = options.pool ?? new MessagePool(POOLED_MESSAGES);
    this.#ring = new ReplayRing(this.#sentSeq, this.#pool);
  }

  /** The seq of the last reliable frame received: what HELLO and WELCOME announce. */
  get received(): number {
    return this.#receivedSeq;
  }
  /** Bytes of frames that the other side has not acknowledged, those still waiting here included. */
  get unacknowledged(): ByteCount {
    return this.#ring.bytes + this.#queueBytes;
  }
  /** How many frames that is: what a new transport brings all at once. */
  get unacknowledgedFrames(): number {
    return (this.#sentSeq - this.#ring.acknowledgedSeq) >>> 0;
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
   * @throws {PlaygroundError} FRAME_INVALID: the payload does not fit the length field. RING_FULL: the other side
   *   acknowledges nothing; the session must end.
   */
  send(type: FrameType, stream: number, payload: Uint8Array): void {
    assertPayloadFits(payload);
    const size = HEADER_BYTES + payload.length;
    if (this.unacknowledged + size > this.#ringLimit) {
      throw new PlaygroundError('RING_FULL', `${this.unacknowledged} bytes unacknowledged`);
    }
    const isAlone = payload.length >= ALONE_FROM && hasHeaderRoom(payload);
    if (isAlone || this.#queueBytes + size > BATCH_BYTES) this.#pack();
    this.#sentSeq = nextSeq(this.#sentSeq);
    this.#queue.push({ type, seq: this.#sentSeq, stream, payload });
    this.#queueBytes += size;
    if (isAlone) this.flush();
    else this.#scheduleFlush();
  }

  /**
   * Sends at once, unnumbered: lost when there is no transport, when it is cut, or when its other end does not read, so that
   * what is sent in reply to nothing but the other's wish cannot pile up. Returns whether a transport took it.
   */
  sendUnnumbered(type: FrameType, stream: number, payload: Uint8Array): boolean {
    const transport = this.#transport;
    if (transport === undefined || transport.bufferedAmount() >= UNNUMBERED_HIGH_WATER) return false;
    return this.#hand(transport, encodeFrame({ type, seq: 0, stream, payload }), ignore);
  }

  /** The fence: forgets the transport; nothing it still delivers is processed. */
  detach(): void {
    this.#transport = undefined;
    this.#forgetAck();
  }

  /**
   * Can the other side have received up to `seq`? If not, nothing can go on from there: what it lacks is no longer kept.
   * A HELLO says so that was overtaken by a later one; its transport is to be closed, the session goes on.
   */
  canResumeFrom(seq: number): boolean {
    return this.#ring.isPossible(seq);
  }

  /**
   * Goes on over a new transport whose other end has received up to `peerReceived`: trims, replays, sends anew.
   * @throws {PlaygroundError} ACK_INVALID where `canResumeFrom` is false; the present transport then stays.
   */
  attach(transport: Transport, peerReceived: number): void {
    this.#ring.acknowledge(peerReceived);
    this.detach();
    this.#ring.rewind();
    this.#bytesSinceAck = 0;
    this.#transport = transport;
    this.#onTransportSent = () => this.#onSent(transport);
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
    if (transport === this.#transport) this.#planAck();
  }

  /** Gives the transport what waits, as far as it takes it. */
  flush(): void {
    this.#pack();
    if (this.#isFlushing) return; // called back from within `transport.send`: the loop below goes on by itself
    this.#isFlushing = true;
    try {
      while (this.#transport && this.#ring.hasNext) {
        // One is always let go: with none under way nothing would ever be acknowledged, and that may be all we hear.
        if (this.#ring.isUnderWay && this.#transport.bufferedAmount() >= TRANSPORT_HIGH_WATER) break;
        const message = this.#ring.takeNext();
        const shared = this.#isAckDue && message.length <= ACK_SHARES_UNTIL ? this.#behindAck(message) : message;
        this.#hand(this.#transport, shared, this.#onTransportSent);
      }
    } finally {
      this.#isFlushing = false;
    }
    if (this.#isAckDue) this.sendAck();
  }

  /** Tells the other side at once what has arrived. */
  sendAck(): void {
    this.#forgetAck();
    // One that is not taken is tried again with the next message, or by the clock.
    if (this.sendUnnumbered(FrameType.ACK, 0, encodeU32(this.#receivedSeq))) this.#bytesSinceAck = 0;
    else if (this.#transport) this.#cancelAck = this.#options.clock.after(ACK_DELAY, () => this.sendAck());
  }

  #receiveFrame(frame: Frame): void {
    if (frame.seq === 0) {
      if (frame.type === FrameType.ACK) this.#onAck(decodeU32(frame.payload));
      else this.#options.onFrame(frame);
      return;
    }
    if (frame.seq !== nextSeq(this.#receivedSeq)) {
      if (this.#isReplay(frame.seq)) return;
      throw new PlaygroundError('SEQUENCE_GAP', `seq ${frame.seq} after ${this.#receivedSeq}`);
    }
    this.#receivedSeq = frame.seq;
    this.#bytesSinceAck += HEADER_BYTES + frame.payload.length;
    this.#options.onFrame(frame);
  }

  #planAck(): void {
    if (this.#bytesSinceAck >= ACK_BYTES) {
      this.#isAckDue = true;
      this.#scheduleFlush();
    } else if (this.#bytesSinceAck > 0) this.#cancelAck ??= this.#options.clock.after(ACK_DELAY, () => this.sendAck());
  }

  #forgetAck(): void {
    this.#cancelAck?.();
    this.#cancelAck = undefined;
    this.#isAckDue = false;
  }

  /** The ACK, unnumbered, in front of a short message. What is kept for replay is the message alone. */
  #behindAck(message: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#forgetAck();
    this.#bytesSinceAck = 0;
    const ack: Frame = { type: FrameType.ACK, seq: 0, stream: 0, payload: encodeU32(this.#receivedSeq) };
    const shared = new Uint8Array(HEADER_BYTES + ack.payload.length + message.length);
    shared.set(message, writeFrame(shared, 0, ack));
    return shared;
  }

  /** It arrived before the cut; the other side could not know. */
  #isReplay(seq: number): boolean {
    return this.#receivedSeq !== 0 && (seq === this.#receivedSeq || isAfter(this.#receivedSeq, seq));
  }

  #onAck(seq: number): void {
    const before = this.#ring.bytes;
    this.#ring.acknowledge(seq);
    if (this.#ring.bytes === before) return; // says nothing new, so nothing can move that could not before
    this.flush();
    this.#options.onDrain();
  }

  #hand(transport: Transport, message: Uint8Array<ArrayBuffer>, onSent: () => void): boolean {
    try {
      transport.send(message, onSent);
      return true;
    } catch {
      if (transport === this.#transport) this.detach();
      return false;
    }
  }

  #onSent(transport: Transport): void {
    if (transport !== this.#transport) return;
    this.flush();
    this.#options.onDrain();
  }

  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    this.#options.schedule(this.#runScheduledFlush);
  }

  /** Writes the queued frames, back to back, into one message of the ring. */
  #pack(): void {
    const last = this.#queue.at(-1);
    if (!last) return;
    const alone = this.#queue.length === 1 ? wrapPayload(last) : undefined;
    this.#ring.push(alone ?? this.#join(this.#queue, this.#queueBytes), last.seq);
    this.#queue = [];
    this.#queueBytes = 0;
  }

  #join(frames: readonly Frame[], bytes: ByteCount): Uint8Array<ArrayBuffer> {
    const message = this.#pool.take(bytes);
    let offset = 0;
    for (const frame of frames) offset = writeFrame(message, offset, frame);
    return message;
  }
}

function ignore(): void {}
