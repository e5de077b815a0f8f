import type { Cancel, Clock } from '../protocol/clock.ts';
import { FrameType, HEADER_BYTES } from '../protocol/frame.ts';
import type { Milliseconds } from '../protocol/units.ts';
import type { Budgets } from './budgets.ts';
import type { ClientStream } from './stream.ts';

export type Control = { readonly type: FrameType; readonly stream: number; readonly payload: Uint8Array };

export type OutboxPort = {
  readonly clock: Clock;
  /** Gives a frame to the reliable layer, whatever room it has. */
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
  readonly hasRoom: (framesAtOnce: number) => boolean;
  /** A queued frame of this stream has been sent; this may call the application. */
  readonly onSent: (stream: ClientStream) => void;
};

/**
 * What waits to be sent: sockets to be asked for, and what streams have queued, a frame of each in turn, as far as budgets, credit and
 * the channel allow. Whoever calls the application does so within `hold` and `release`: what it asks for meanwhile leaves
 * afterwards, so that no callback runs within another.
 */
export class Outbox {
  readonly #port: OutboxPort;
  #budgets: Budgets | undefined;
  /** Streams with something queued, in the order of their turns. */
  readonly #ready = new Set<ClientStream>();
  /** Sockets that are yet to be asked for, in order; with what was said of them since, which must come after. */
  readonly #unasked = new Map<number, { readonly open: Uint8Array; readonly later: Control[] }>();
  #retry: Cancel | undefined;
  #holds = 0;
  /** Somebody asked for a run while there could be none. */
  #isDue = false;

  constructor(port: OutboxPort) {
    this.#port = port;
  }

  /** Nothing leaves before there are budgets. */
  get budgets(): Budgets | undefined {
    return this.#budgets;
  }
  set budgets(budgets: Budgets) {
    this.#budgets = budgets;
  }

  ask(stream: number, open: Uint8Array): void {
    this.#unasked.set(stream, { open, later: [] });
    this.run();
  }
  /** The stream has something queued, or credit for it. */
  wake(stream: ClientStream): void {
    this.#ready.add(stream);
    this.run();
  }
  forget(stream: ClientStream): void {
    this.#ready.delete(stream);
    this.#unasked.delete(stream.id);
  }
  /** What does not wait for credit; but before its OPEN the gateway would not know what it is about. */
  sendControl(control: Control): void {
    const unasked = this.#unasked.get(control.stream);
    if (unasked) unasked.later.push(control);
    else this.#send(control.type, control.stream, control.payload);
  }
  /** The session has been left: nothing leaves any more. */
  close(): void {
    this.#retry?.();
    this.#retry = undefined;
    this.#ready.clear();
    this.#unasked.clear();
  }

  hold(): void {
    this.#holds += 1;
  }
  release(): void {
    this.#holds -= 1;
    if (this.#isDue) this.run();
  }

  run(): void {
    this.#isDue = true;
    if (this.#holds > 0) return; // whoever holds it runs it when it releases
    this.#holds = 1;
    try {
      while (this.#isDue) {
        this.#isDue = false;
        if (this.#budgets) this.#runOnce(this.#budgets);
      }
    } finally {
      this.#holds = 0;
    }
  }

  #runOnce(budgets: Budgets): void {
    if (this.#unasked.size > 0) this.#ask(budgets);
    while (this.#ready.size > 0 && this.#sendRound(budgets));
  }

  /** Returns whether another round may send something. */
  #sendRound(budgets: Budgets): boolean {
    let isMoving = false;
    for (const stream of this.#ready) {
      if (!this.#port.hasRoom(budgets.framesAtOnce)) return false; // an ACK or the next WELCOME runs it again
      if (this.#unasked.has(stream.id)) continue;
      const next = stream.peek();
      if (!next) {
        this.#ready.delete(stream); // empty, or out of credit: `send` and CREDIT put it back
        continue;
      }
      const { type, bytes } = next;
      if (type === FrameType.DGRAM && this.#isWaiting(budgets.waitFor(type))) continue;
      const now = this.#port.clock.now();
      if (this.#isWaiting(budgets.wait(bytes.length, now))) return false;
      stream.shift();
      budgets.takeFor(type);
      this.#send(type, stream.id, bytes, now);
      this.#port.onSent(stream);
      if (stream.peek()) isMoving = true;
      else this.#ready.delete(stream);
    }
    return isMoving;
  }

  #ask(budgets: Budgets): void {
    for (const [id, { open, later }] of this.#unasked) {
      if (this.#isWaiting(budgets.waitFor(FrameType.OPEN))) break; // sockets that are open go on meanwhile
      budgets.takeFor(FrameType.OPEN);
      this.#unasked.delete(id);
      this.#send(FrameType.OPEN, id, open);
      for (const { type, payload } of later) this.#send(type, id, payload);
    }
  }

  #send(type: FrameType, stream: number, payload: Uint8Array, now?: Milliseconds): void {
    this.#budgets?.take(1, HEADER_BYTES + payload.length, now);
    this.#port.send(type, stream, payload);
  }

  /** Comes back when a budget has refilled. Returns whether there is a wait. */
  #isWaiting(wait: Milliseconds): boolean {
    if (wait <= 0) return false;
    this.#retry ??= this.#port.clock.after(wait, () => {
      this.#retry = undefined;
      this.run();
    });
    return true;
  }
}
