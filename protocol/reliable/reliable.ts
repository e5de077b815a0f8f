import { PlaygroundError } from '../errors.ts';
import {
  assertPayloadFits,
  decodeFrames,
  encodeFrame,
  type Frame,
  FrameType,
  HEADER_BYTES,
  hasHeaderRoom,
} from '../frame.ts';
import { MessagePool } from '../message-pool.ts';
import { decodeU32, encodeU32 } from '../payloads.ts';
import type { ByteCount } from '../units.ts';
import { AckPlan, joinAck } from './ack-plan.ts';
import { FrameQueue } from './frame-queue.ts';
import type { KeptMessage } from './kept-message.ts';
import type { ReliableOptions } from './reliable-options.ts';
import { ReplayBudget } from './replay-budget.ts';
import { ReplayRing } from './replay-ring.ts';
import { isAfter, nextSeq } from './serial-number.ts';
import type { Transport } from './transport.ts';

/** Frames kept for replay are never more than this; senders stop long before (UNACKNOWLEDGED_BYTES). */
export const RING_BYTES: ByteCount = 1_048_576;
/** DATA waits while more than this is unacknowledged. */
export const UNACKNOWLEDGED_BYTES: ByteCount = 262_144;
/** A message goes out only while less than this waits in the transport. */
export const TRANSPORT_HIGH_WATER: ByteCount = 131_072;
/** Above this the other end does not read; numbered messages stop long before. */
const UNNUMBERED_HIGH_WATER: ByteCount = 2 * TRANSPORT_HIGH_WATER;
/** A payload from here on that has room for its header goes alone: gathering it would be a copy. */
const ALONE_FROM: ByteCount = 8_192;
/** How many long messages of one session a transport and the peer hold. */
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
  readonly #queue: FrameQueue;
  readonly #acks: AckPlan;
  readonly #replayBudget: ReplayBudget;
  #isFlushScheduled = false;
  #isFlushing = false;
  /** `hasRoomOrNotify` has returned false: `onDrain` is called when there is room. */
  #isAwaited = false;
  readonly #runScheduledFlush = (): void => {
    this.#isFlushScheduled = false;
    this.flush();
    if (this.#transport) this.#drainIfAsked(); // what waited for the queue's room has it now
  };

  constructor(options: ReliableOptions) {
    const {
      clock,
      waitToReplay,
      ringBytes = RING_BYTES,
      originSeq = 0,
      pool = new MessagePool(POOLED_MESSAGES),
    } = options;
    this.#options = options;
    this.#ringLimit = ringBytes;
    this.#sentSeq = originSeq;
    this.#receivedSeq = originSeq;
    this.#ring = new ReplayRing(originSeq, pool);
    this.#queue = new FrameQueue(pool);
    this.#replayBudget = new ReplayBudget({ clock, wait: waitToReplay, onDue: () => this.flush() });
    this.#acks = new AckPlan({ clock, onDue: () => this.#scheduleFlush(), say: () => this.sendAck() });
  }

  /** The seq of the last reliable frame received: what HELLO and WELCOME announce. */
  get received(): number {
    return this.#receivedSeq;
  }
  /** Bytes of frames that the peer has not acknowledged, those still waiting here included. */
  get unacknowledged(): ByteCount {
    return this.#ring.bytes + this.#queue.bytes;
  }
  /** How many frames that is: what a new transport brings all at once. */
  get unacknowledgedFrames(): number {
    return (this.#sentSeq - this.#ring.acknowledgedSeq) >>> 0;
  }
  get isAttached(): boolean {
    return this.#transport !== undefined;
  }
  /** May DATA be queued now? Without a transport too, until the allowance is used up. If not, `onDrain` says when. */
  hasRoomOrNotify(): boolean {
    const hasRoom = this.#hasRoom;
    if (!hasRoom) this.#isAwaited = true;
    return hasRoom;
  }

  /**
   * Queues a reliable frame. The payload must not be changed until the next flush.
   * @throws {PlaygroundError} FRAME_INVALID: the payload does not fit the length field. RING_FULL: the peer
   *   acknowledges nothing; the session must end.
   */
  send(type: FrameType, stream: number, payload: Uint8Array): void {
    assertPayloadFits(payload);
    const size = HEADER_BYTES + payload.length;
    if (this.unacknowledged + size > this.#ringLimit) {
      throw new PlaygroundError('RING_FULL', `${this.unacknowledged} bytes unacknowledged`);
    }
    const isAlone = payload.length >= ALONE_FROM && hasHeaderRoom(payload);
    if (isAlone || !this.#queue.hasRoomFor(payload)) this.#pack();
    this.#sentSeq = nextSeq(this.#sentSeq);
    this.#queue.push({ type, seq: this.#sentSeq, stream, payload });
    if (isAlone) this.flush();
    else this.#scheduleFlush();
  }

  /**
   * Sends at once, unnumbered: lost when there is no transport, when it is cut, or when its other end does not read, so that
   * what is sent in reply to nothing but the other's wish cannot pile up. Returns whether a transport took it.
   */
  sendUnnumbered(type: FrameType, stream: number, payload: Uint8Array): boolean {
    return this.#takesUnnumbered && this.sendEncoded(encodeFrame({ type, seq: 0, stream, payload }));
  }
  /** Likewise, of an unnumbered frame that is encoded: once for many. It must not be changed any more. */
  sendEncoded(frame: Uint8Array<ArrayBuffer>): boolean {
    const transport = this.#transport;
    return transport !== undefined && this.#takesUnnumbered && this.#hand(transport, frame, ignore);
  }

  /** The fence: forgets the transport; nothing it still delivers is processed. */
  detach(): void {
    this.#transport = undefined;
    this.#replayBudget.cancel();
    this.#acks.cancel();
  }

  /** Can the peer have received up to `seq`, and is all after it still kept? Else its HELLO was overtaken by a later one. */
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
    this.#acks.settle();
    this.#transport = transport;
    this.#onTransportSent = () => this.#onSent(transport);
    this.flush();
    this.#drain();
  }

  /**
   * One message of a transport. Payloads of frames are views of it.
   * @throws {PlaygroundError} FRAME_INVALID, SEQUENCE_GAP, ACK_INVALID: the session cannot go on.
   */
  receive(transport: Transport, message: Uint8Array): void {
    if (transport !== this.#transport) return;
    for (const frame of decodeFrames(message)) {
      if (transport !== this.#transport) return;
      this.#receiveFrame(frame);
    }
    if (transport === this.#transport) this.#acks.plan();
  }

  /** Gives the transport what waits, as far as it takes it. */
  flush(): void {
    this.#pack();
    if (this.#isFlushing) return; // called back from within `transport.send`: the loop below goes on by itself
    this.#isFlushing = true;
    try {
      for (;;) {
        const message = this.#ring.peekNext();
        if (!this.#transport || !message) break;
        // One always goes: with none under way nothing would be acknowledged, and no ACK would start the next flush.
        if (this.#ring.isUnderWay && this.#transport.bufferedAmount() >= TRANSPORT_HIGH_WATER) break;
        if (message.wasTaken && this.#replayBudget.mustWait(message.bytes.length)) break;
        this.#ring.takeNext();
        this.#handKept(this.#transport, message);
      }
    } finally {
      this.#isFlushing = false;
    }
    if (this.#acks.isDue) this.sendAck();
  }

  /** Sends ACK at once. */
  sendAck(): void {
    if (this.sendUnnumbered(FrameType.ACK, 0, encodeU32(this.#receivedSeq))) this.#acks.settle();
    else if (this.#transport) this.#acks.postpone();
    else this.#acks.cancel();
  }

  get #takesUnnumbered(): boolean {
    return this.#transport !== undefined && this.#transport.bufferedAmount() < UNNUMBERED_HIGH_WATER;
  }
  get #hasRoom(): boolean {
    if (this.unacknowledged >= UNACKNOWLEDGED_BYTES) return false;
    return this.#transport === undefined || this.#transport.bufferedAmount() + this.#queue.bytes < TRANSPORT_HIGH_WATER;
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
    this.#acks.count(frame.payload);
    this.#options.onFrame(frame);
  }

  #handKept(transport: Transport, message: KeptMessage): void {
    const { bytes } = message;
    // What is kept for replay is the message alone: an ACK before it makes another of them, the transport's own.
    if (this.#acks.goesWith(bytes)) {
      this.#acks.settle();
      this.#hand(transport, joinAck(this.#receivedSeq, bytes), this.#onTransportSent);
    } else if (transport.isCopying) this.#hand(transport, bytes, this.#onTransportSent);
    else this.#hand(transport, bytes, message.lend(this.#onTransportSent));
    if (transport === this.#transport) message.end = transport.given?.() ?? 0;
  }

  /** It arrived before the cut, and its ACK was lost. */
  #isReplay(seq: number): boolean {
    return this.#receivedSeq !== 0 && (seq === this.#receivedSeq || isAfter(this.#receivedSeq, seq));
  }

  #onAck(seq: number): void {
    const before = this.#ring.bytes;
    if (this.#ring.isPossible(seq) && !this.#ring.hasLeft(seq, this.#transport?.left?.() ?? Number.POSITIVE_INFINITY)) {
      throw new PlaygroundError('ACK_INVALID', `seq ${seq} acknowledged, but it has not left`);
    }
    this.#ring.acknowledge(seq);
    if (this.#ring.bytes === before) return; // says nothing new, so nothing can move that could not before
    this.flush();
    this.#drain();
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
    this.#drainIfAsked();
  }

  #drain(): void {
    this.#isAwaited = false; // a sender that finds too little room asks again
    this.#options.onDrain();
  }
  #drainIfAsked(): void {
    if (this.#isAwaited && this.#hasRoom) this.#drain();
  }

  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    this.#options.schedule(this.#runScheduledFlush);
  }

  /** What is queued becomes a message of the ring. */
  #pack(): void {
    const packed = this.#queue.pack();
    if (packed) this.#ring.push(packed.message, packed.lastSeq);
  }
}

function ignore(): void {}
