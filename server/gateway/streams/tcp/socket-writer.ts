import type { Socket } from 'node:net';
import { dataCost, type ReceiveWindow } from '../../../../protocol/credit.ts';
import { FrameType } from '../../../../protocol/frame.ts';
import { encodeU32 } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import type { MonotonicClock } from '../../../shared/clock.ts';
import { keep } from '../keep.ts';
import type { StreamHost } from '../stream-host.ts';
import { SentReports } from './sent-reports.ts';
import { SHORT_SEND_MAX, sendsOf, WaitingSends } from './waiting-sends.ts';

/** In one turn of the event loop so many are a send(2) each; but one while a flood goes on, which has had them. */
const SENT_APART = { first: 7, flood: 1 };
/** A flood goes on while turn follows turn within so much. */
const FLOOD_PAUSE: Microseconds = 10_000;

type Clock = Pick<MonotonicClock, 'nowMicros'>;
type Host = Pick<StreamHost, 'send' | 'soon' | 'tab'>;

/**
 * The send(2)s of one connection. A learner's few are a call each; of a flood in one turn the rest share one. What is sent
 * before there is a socket waits for it, and short ones wait for what the kernel has not taken.
 */
export class SocketWriter {
  readonly #stream: number;
  readonly #window: ReceiveWindow;
  readonly #clock: Clock;
  readonly #host: Host;
  readonly #reports: SentReports;
  #socket: Socket | undefined;
  readonly #waiting = new WaitingSends();
  /** FIN came before there was a socket. */
  #isFinWaiting = false;
  #underWay: ByteCount = 0;
  #returnedAt: Microseconds;
  #inTurn = 0;
  #apart = SENT_APART.first;
  #floodedAt: Microseconds = Number.NEGATIVE_INFINITY;
  #gathered: Uint8Array[] = [];
  #isOver = false;

  /** `window`: what the browser may send; it has received what is sent here. */
  constructor(stream: number, window: ReceiveWindow, clock: Clock, host: Host) {
    this.#stream = stream;
    this.#window = window;
    this.#clock = clock;
    this.#host = host;
    this.#reports = new SentReports(stream, host);
    this.#returnedAt = clock.nowMicros();
  }

  /** There is a socket, connecting or connected. */
  attach(socket: Socket): void {
    this.#socket = socket;
    this.#returnedAt = this.#clock.nowMicros();
    for (const bytes of this.#waiting.take().flatMap(sendsOf)) this.send(bytes);
    if (this.#isFinWaiting) this.shutdown();
  }

  /** When the last one returned. */
  get returnedAt(): Microseconds {
    return this.#returnedAt;
  }
  /** For how long the kernel has taken nothing of what is to be sent; 0 where nothing is. */
  stuckFor(now: Microseconds): Microseconds {
    return this.#underWay > 0 ? now - this.#returnedAt : 0;
  }

  /** The bytes must not be changed until they have left. */
  send(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (!socket) {
      this.#waiting.add(bytes);
      return;
    }
    if (this.#underWay === 0) this.#returnedAt = this.#clock.nowMicros();
    this.#underWay += bytes.length;
    const isBlocked = !this.#waiting.isEmpty || (socket.writableLength > 0 && bytes.length <= SHORT_SEND_MAX);
    if (isBlocked && this.#gathered.length === 0) {
      this.#waiting.add(bytes);
      return;
    }
    this.#inTurn += 1;
    if (this.#inTurn === 1) this.#beginTurn();
    if (this.#inTurn > this.#apart) this.#gathered.push(bytes);
    // Behind what the kernel has not taken it waits; else it leaves now, or at most one message's bytes wait.
    else this.#write(socket.writableLength > 0 ? keep(bytes) : bytes, [bytes.length]);
  }
  /** shutdown(SHUT_WR), behind what was sent. */
  shutdown(): void {
    const socket = this.#socket;
    if (!socket) {
      this.#isFinWaiting = true;
      return;
    }
    this.flush();
    if (!socket.writable) return;
    socket.end(() => {
      if (!this.#isOver) this.#reports.add(0, this.#clock.nowMicros());
    });
  }
  /** What waits is given to the socket, which keeps it until the kernel takes it: before FIN, and before it is closed. */
  flush(): void {
    this.#writeGathered();
    if (this.#socket) this.#writeWaiting();
  }
  /** Sends SENT of what has returned now: ahead of what is sent next. */
  report(): void {
    this.#reports.flush();
  }
  /** The stream has ended: no more is reported. */
  end(): void {
    this.#isOver = true;
    this.#gathered = [];
    this.#waiting.take();
  }

  #beginTurn(): void {
    const isFlood = this.#clock.nowMicros() - this.#floodedAt < FLOOD_PAUSE;
    this.#apart = isFlood ? SENT_APART.flood : SENT_APART.first;
    process.nextTick(SocketWriter.#endTurn, this);
  }
  /** Not a closure of each: thousands of streams are idle. */
  static #endTurn(writer: SocketWriter): void {
    if (writer.#inTurn > SENT_APART.first) writer.#floodedAt = writer.#clock.nowMicros();
    writer.#inTurn = 0;
    writer.#writeGathered();
  }

  #write(bytes: Uint8Array, lengths: readonly ByteCount[]): void {
    this.#socket?.write(bytes, (error) => {
      if (!error) this.#onReturned(lengths);
    });
  }
  #writeGathered(): void {
    const gathered = this.#gathered;
    if (gathered.length === 0) return;
    this.#gathered = [];
    const message = this.#join(gathered);
    const lengths = gathered.map(({ length }) => length);
    this.#socket?.write(message, (error) => {
      if (error) return; // the kernel may still read it
      this.#host.tab.pool.give(message);
      this.#onReturned(lengths);
    });
  }
  #writeWaiting(): void {
    for (const batch of this.#waiting.take()) {
      if (batch.lengths.length > SENT_APART.first) this.#write(batch.bytes, batch.lengths);
      else for (const bytes of sendsOf(batch)) this.#write(bytes, [bytes.length]);
    }
  }

  /** One copy costs less than a call of the stream's machinery for each, which is most of what a short message costs. */
  #join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const message = this.#host.tab.pool.take(parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of parts) {
      message.set(part, offset);
      offset += part.length;
    }
    return message;
  }

  /** Credit goes back when the kernel has taken the bytes. */
  #onReturned(lengths: readonly ByteCount[]): void {
    if (this.#isOver) return;
    this.#returnedAt = this.#clock.nowMicros();
    let cost = 0;
    for (const length of lengths) {
      this.#reports.add(length, this.#returnedAt);
      this.#underWay -= length;
      cost += dataCost(length);
    }
    // Nothing is before what waits any more: behind a long send that is written already, its callback comes here again.
    if (!this.#waiting.isEmpty && this.#socket?.writableLength === 0) this.#writeWaiting();
    const grant = this.#window.consume(cost);
    if (grant === 0) return;
    this.#reports.flush(); // a flood's sender may wait for it
    this.#host.send(FrameType.CREDIT, this.#stream, encodeU32(grant));
  }
}
