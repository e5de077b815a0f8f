import { type Frame, FrameType, readU32, writeU32 } from '../frame.ts';
import { MessagePool } from '../message-pool.ts';
import { Reliable } from '../reliable/reliable.ts';
import type { Transport } from '../reliable/transport.ts';
import type { ByteCount } from '../units.ts';
import type { Link, Pipe } from './link.ts';
import type { ManualClock } from './manual-clock.ts';

/** What the receiver does on receipt. */
export const OnReceipt = { nothing: 0, reply: 1, cut: 2 } as const;
type OnReceipt = (typeof OnReceipt)[keyof typeof OnReceipt];

const HEAD_BYTES: ByteCount = 5;

/** One end: numbers what it sends, and holds what it receives against what the other end numbered. */
export class SimulatedEnd {
  readonly reliable: Reliable;
  /** The sizes of the frames that it has sent, by their number. */
  readonly sizes: ByteCount[] = [];
  readonly backlog: { readonly size: ByteCount; readonly onReceipt: OnReceipt }[] = [];
  readonly flushes: (() => void)[] = [];
  readonly #transports = new WeakMap<Pipe, Transport>();
  readonly #onCut: () => void;
  readonly #pool = new MessagePool(4);
  /** How many frames have arrived. */
  received = 0;
  /** Messages that it gave to a link it had left. */
  strays = 0;
  link: Link | undefined;
  peer: SimulatedEnd | undefined;

  constructor(clock: ManualClock, originSeq: number, onCut: () => void) {
    this.#onCut = onCut;
    this.reliable = new Reliable({
      clock,
      originSeq,
      pool: this.#pool,
      schedule: (flush) => this.flushes.push(flush),
      onFrame: (frame) => this.#onFrame(frame),
      onDrain: () => this.pump(),
    });
  }

  queue(count: number, size: ByteCount, onReceipt: OnReceipt): void {
    for (let index = 0; index < count; index += 1) this.backlog.push({ size, onReceipt });
    this.pump();
  }

  /** As an honest sender does: only while there is room. */
  pump(): void {
    while (this.reliable.hasRoomOrNotify()) {
      const next = this.backlog.shift();
      if (!next) return;
      const length = HEAD_BYTES + next.size;
      // As the browser sends, and as the gateway does.
      const payload = this.sizes.length % 2 === 0 ? new Uint8Array(length) : this.#pool.takePayload(length);
      writeU32(payload, 0, this.sizes.length);
      payload[4] = next.onReceipt;
      this.sizes.push(next.size);
      this.reliable.send(FrameType.DATA, 1, payload);
    }
  }

  /** An unnumbered frame says over which link it went: it must not arrive on another. */
  sayUnnumbered(): void {
    const payload = new Uint8Array(4);
    writeU32(payload, 0, this.link?.id ?? 0);
    this.reliable.sendUnnumbered(FrameType.PING, 0, payload);
  }

  runFlushes(): void {
    for (const flush of this.flushes.splice(0)) flush();
  }

  leave(): void {
    this.reliable.detach();
    this.link = undefined;
  }

  /** The sender's side of a pipe, always the same object. */
  transportOf(link: Link, pipe: Pipe): Transport {
    let transport = this.#transports.get(pipe);
    if (!transport) {
      transport = {
        send: (message, onSent) => {
          if (this.link !== link) this.strays += 1;
          pipe.put({ kind: 'message', message }, onSent);
        },
        bufferedAmount: () => pipe.bufferedAmount,
        ...(pipe === link.up ? { isCopying: true } : { given: () => pipe.given, left: () => pipe.left }),
      };
      this.#transports.set(pipe, transport);
    }
    return transport;
  }

  /** @throws {Error} what of the promises is not kept, after all had time to arrive. */
  check(): void {
    const sent = this.sizes.length;
    if (this.peer?.received !== sent) throw new Error(`${sent} frames sent, ${this.peer?.received} arrived`);
    if (this.strays > 0) throw new Error(`${this.strays} messages were given to a link that had been left`);
    if (this.backlog.length > 0) throw new Error(`${this.backlog.length} frames still wait for room`);
    if (this.reliable.unacknowledged > 0) throw new Error(`${this.reliable.unacknowledged} bytes are kept for ever`);
  }

  #onFrame(frame: Frame): void {
    const number = readU32(frame.payload, 0);
    if (frame.seq === 0) {
      if (number !== this.link?.id) throw new Error(`link ${number} was heard on link ${this.link?.id}`);
      return;
    }
    if (number !== this.received) throw new Error(`frame ${number} where ${this.received} was due`);
    const size = this.peer?.sizes[number];
    if (frame.payload.length - HEAD_BYTES !== size) throw new Error(`frame ${number} has changed its size`);
    this.received += 1;
    if (frame.payload[4] === OnReceipt.reply) this.queue(1, 3, OnReceipt.nothing);
    if (frame.payload[4] === OnReceipt.cut) this.#onCut();
  }
}
