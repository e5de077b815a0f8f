import type { ByteCount } from '../units.ts';
import { type Item, Link, type Pipe } from './link.ts';
import { ManualClock } from './manual-clock.ts';
import { OnReceipt, SimulatedEnd } from './simulated-end.ts';

/** How many different steps there are. */
export const STEP_KINDS = 15;
/** Most frames are small, some fill a message, the transport's buffer, or the allowance of what is unacknowledged. */
const SIZES: readonly ByteCount[] = [0, 1, 7, 64, 1_000, 9_000, 30_000, 60_000];
const RECEIPTS = [OnReceipt.nothing, OnReceipt.nothing, OnReceipt.reply, OnReceipt.cut];
/** More than a transport takes before it is full. */
const OBSTACLE_BYTES: ByteCount = 140_000;
const ROUNDS_MAX = 10_000;

/**
 * A browser (`client`) and a gateway, joined by one link after the other. `step` does one thing that can happen at any
 * time; `settle` then lets the network be good and says what was lost. Both throw where a promise is broken.
 */
export class Simulation {
  readonly #clock = new ManualClock();
  readonly #client: SimulatedEnd;
  readonly #gateway: SimulatedEnd;
  readonly #links: Link[] = [];

  constructor(originSeq: number) {
    this.#client = new SimulatedEnd(this.#clock, originSeq, () => this.#dial(0));
    this.#gateway = new SimulatedEnd(this.#clock, originSeq, () => this.#hangUp(this.#gateway, 0));
    this.#client.peer = this.#gateway;
    this.#gateway.peer = this.#client;
    this.#dial(0);
  }

  /** `kind` < STEP_KINDS; `argument` is any number ≥ 0, read as the step needs it. */
  step(kind: number, argument: number): void {
    const end = argument % 2 === 0 ? this.#client : this.#gateway;
    const amount = 1 + ((argument >> 1) % 4);
    const choice = argument >> 3;
    const link = this.#links.at(-1 - Math.max(0, (choice % 7) - 4)) ?? this.#latest;
    const pipe = end === this.#client ? link.up : link.down;
    if (kind <= 2) end.queue(amount, sizeOf(choice), RECEIPTS[(choice >> 3) % RECEIPTS.length] ?? OnReceipt.nothing);
    else if (kind === 3) end.runFlushes();
    else if (kind <= 5) pipe.drain(amount);
    else if (kind <= 7) this.#deliver(link, pipe, amount);
    else if (kind === 8) this.#latest.cut(amount);
    else if (kind === 9) this.#dial(choice % 2 === 0 ? 0 : OBSTACLE_BYTES);
    else if (kind === 10) this.#clock.advance(60);
    else if (kind === 11) end.sayUnnumbered();
    else if (kind === 12) this.#hangUp(end, amount);
    else if (kind === 13) this.#exchange();
    else this.#setTrap(end, link, pipe, choice);
  }

  /** The network is good from now on: all that was sent must arrive, and be acknowledged. */
  settle(): void {
    for (let round = 0; round < ROUNDS_MAX && !this.#isQuiet; round += 1) this.#exchange();
    this.#client.check();
    this.#gateway.check();
    if (this.#clock.pending > 0) throw new Error('a timer is left');
  }

  get #latest(): Link {
    return this.#links.at(-1) as Link;
  }
  get #isQuiet(): boolean {
    const isPlanned = this.#clock.pending + this.#client.flushes.length + this.#gateway.flushes.length > 0;
    return !isPlanned && !this.#latest.isCut && this.#latest.up.isEmpty && this.#latest.down.isEmpty;
  }

  /** Its HELLO is on the wire at once; it may arrive before that of an earlier link. */
  #dial(obstacle: ByteCount): void {
    const link = new Link(this.#links.length + 1, obstacle);
    this.#links.push(link);
    this.#client.leave();
    link.up.wire.push({ kind: 'hello', received: this.#client.reliable.received });
  }

  /** An end sees that its WebSocket is gone, or gives it up. */
  #hangUp(end: SimulatedEnd, kept: number): void {
    end.link?.cut(kept);
    end.leave();
  }

  #deliver(link: Link, pipe: Pipe, count: number): void {
    for (const item of pipe.wire.splice(0, count)) {
      if (pipe === link.up) this.#deliverUp(link, item);
      else this.#deliverDown(link, item);
    }
  }
  #deliverUp(link: Link, item: Item): void {
    const { reliable } = this.#gateway;
    const transport = this.#gateway.transportOf(link, link.down);
    if (item.kind === 'message') {
      reliable.receive(transport, item.message);
    } else if (reliable.canResumeFrom(item.received)) {
      // The fence ends the WebSocket before it, which may be the good one: this HELLO may come late, from one given up.
      this.#hangUp(this.#gateway, 1);
      this.#gateway.link = link;
      link.down.put({ kind: 'welcome', received: reliable.received }, () => {});
      reliable.attach(transport, item.received);
    } else if (link === this.#latest) {
      throw new Error('a client in good faith was refused');
    }
  }
  #deliverDown(link: Link, item: Item): void {
    const transport = this.#client.transportOf(link, link.up);
    if (item.kind === 'message') {
      this.#client.reliable.receive(transport, item.message);
    } else if (link === this.#latest) {
      this.#client.link = link;
      this.#client.reliable.attach(transport, item.received);
    }
  }

  /** What a transport may do from within `send`. */
  #setTrap(end: SimulatedEnd, link: Link, pipe: Pipe, choice: number): void {
    const fail = (): never => {
      link.cut(0);
      throw new Error('broken pipe');
    };
    const traps = [
      fail,
      () => this.#dial(0),
      () => this.#resumeAtOnce(),
      () => pipe.drain(4),
      () => this.#hangUp(end, 2),
      () => {
        this.#resumeAtOnce();
        fail();
      },
    ];
    pipe.trap = traps[choice % traps.length];
  }

  /** HELLO and WELCOME within one call: both ends attach a new link while one of them is still sending on the old. */
  #resumeAtOnce(): void {
    this.#dial(0);
    const link = this.#latest;
    for (const pipe of [link.up, link.down]) {
      pipe.drain(1);
      this.#deliver(link, pipe, 1);
    }
  }

  /** Everything that can go now goes there and back once. */
  #exchange(): void {
    if (this.#latest.isCut) this.#dial(0);
    this.#client.runFlushes();
    this.#gateway.runFlushes();
    const link = this.#latest;
    for (const pipe of [link.up, link.down]) {
      pipe.drain(Number.POSITIVE_INFINITY);
      this.#deliver(link, pipe, Number.POSITIVE_INFINITY);
    }
    this.#clock.advance(60);
  }
}

function sizeOf(choice: number): ByteCount {
  return SIZES[choice % SIZES.length] as ByteCount;
}
