import type { Socket } from 'node:net';
import { frameCost, type ReceiveWindow } from '../../../../protocol/credit.ts';
import { FrameType } from '../../../../protocol/frame.ts';
import { encodeU32 } from '../../../../protocol/payloads.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import { keep } from '../keep.ts';
import type { StreamPort } from '../stream-port.ts';
import { SentReports } from './sent-reports.ts';

/** In one turn of the event loop so many are a send(2) each. */
const SENT_APART = 7;

/** The send(2)s of one connection. A learner's few are a call each; of a flood in one turn the rest share one. */
export class Sends {
  readonly #stream: number;
  readonly #socket: Socket;
  readonly #window: ReceiveWindow;
  readonly #port: StreamPort;
  readonly #reports: SentReports;
  #underWay: ByteCount = 0;
  #returnedAt: Microseconds;
  #inTurn = 0;
  #gathered: Uint8Array[] = [];
  #isOver = false;

  /** `window`: what the browser may send; it has received what is sent here. */
  constructor(stream: number, socket: Socket, window: ReceiveWindow, port: StreamPort) {
    this.#stream = stream;
    this.#socket = socket;
    this.#window = window;
    this.#port = port;
    this.#reports = new SentReports(stream, port);
    this.#returnedAt = port.clock.nowMicros();
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
    if (this.#underWay === 0) this.#returnedAt = this.#port.clock.nowMicros();
    this.#underWay += bytes.length;
    this.#inTurn += 1;
    if (this.#inTurn === 1) process.nextTick(Sends.#endTurn, this);
    if (this.#inTurn > SENT_APART) this.#gathered.push(bytes);
    else {
      const { length } = bytes;
      // Behind what the kernel has not taken it waits; else it leaves now, or at most one message's bytes wait.
      this.#socket.write(this.#socket.writableLength > 0 ? keep(bytes) : bytes, (error) => {
        if (!error) this.#onReturned([length]);
      });
    }
  }
  /** shutdown(SHUT_WR), behind what was sent. */
  shutdown(): void {
    this.flush();
    if (!this.#socket.writable) return;
    this.#socket.end(() => {
      if (!this.#isOver) this.#reports.add(0, this.#port.clock.nowMicros());
    });
  }
  /** What has been gathered leaves: before the socket is closed, and at the turn's end. */
  flush(): void {
    const gathered = this.#gathered;
    if (gathered.length === 0) return;
    this.#gathered = [];
    const message = this.#join(gathered);
    const lengths = gathered.map(({ length }) => length);
    this.#socket.write(message, (error) => {
      if (error) return; // nobody knows whether the kernel still reads it
      this.#port.pool.give(message);
      this.#onReturned(lengths);
    });
  }
  /** Tells now of what has returned: ahead of what is sent next. */
  report(): void {
    this.#reports.flush();
  }
  /** The stream has ended: nothing more is told. */
  end(): void {
    this.#isOver = true;
    this.#gathered = [];
  }

  /** Not a closure of each: thousands of streams are idle. */
  static #endTurn(sends: Sends): void {
    sends.#inTurn = 0;
    sends.flush();
  }

  /** One copy costs less than a call of the stream's machinery for each, which is most of what a short message costs. */
  #join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const message = this.#port.pool.take(parts.reduce((sum, { length }) => sum + length, 0));
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
    this.#returnedAt = this.#port.clock.nowMicros();
    let cost = 0;
    for (const length of lengths) {
      this.#reports.add(length, this.#returnedAt);
      this.#underWay -= length;
      cost += frameCost(length);
    }
    const grant = this.#window.consume(cost);
    if (grant === 0) return;
    this.#reports.flush(); // a flood's sender may wait for it
    this.#port.send(FrameType.CREDIT, this.#stream, encodeU32(grant));
  }
}
