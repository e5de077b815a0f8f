import type { ByteCount } from '../units.ts';

/** What goes over a link: HELLO and WELCOME announce the last seq received, the rest are messages of the reliable layer. */
export type Item =
  | { readonly kind: 'hello' | 'welcome'; readonly received: number }
  | { readonly kind: 'message'; readonly message: Uint8Array };

/** One direction of a link: in the sender's memory, then on the wire, then delivered; a cut ends it after any message. */
export class Pipe {
  readonly outbox: { readonly item: Item; readonly onSent: () => void }[] = [];
  readonly wire: Item[] = [];
  readonly #tellsSent: boolean;
  /** Bytes of messages that were put in, and that have left the sender's memory. */
  given: ByteCount = 0;
  left: ByteCount = 0;
  /** Bytes of something else that are in the way; they leave with the first drain. */
  #obstacle: ByteCount;
  #buffered: ByteCount = 0;
  #isCut = false;
  /** Runs within the next `put` of a message. */
  trap: (() => void) | undefined;

  constructor(tellsSent: boolean, obstacle: ByteCount) {
    this.#tellsSent = tellsSent;
    this.#obstacle = obstacle;
  }
  get isCut(): boolean {
    return this.#isCut;
  }
  get bufferedAmount(): ByteCount {
    return this.#buffered + this.#obstacle;
  }
  get isEmpty(): boolean {
    return this.outbox.length + this.wire.length === 0;
  }

  put(item: Item, onSent: () => void): void {
    if (!this.#isCut) this.outbox.push({ item: this.#tellsSent ? item : copyOf(item), onSent });
    if (item.kind !== 'message') return;
    this.#buffered += item.message.length;
    this.given += item.message.length;
    const trap = this.trap;
    this.trap = undefined;
    trap?.();
  }

  /** Lets messages leave the sender's memory. */
  drain(count: number): void {
    this.#obstacle = 0;
    for (let left = count; left > 0; left -= 1) {
      const next = this.outbox.shift(); // one by one: `onSent` may drain or cut this very pipe
      if (!next) return;
      this.wire.push(copyOf(next.item));
      if (next.item.kind === 'message') {
        this.#buffered -= next.item.message.length;
        this.left += next.item.message.length;
      }
      if (this.#tellsSent) next.onSent();
    }
  }

  /** Nothing more goes in, and only the first `kept` messages on the wire may still arrive, however late. */
  cut(kept: number): void {
    this.#isCut = true;
    this.outbox.length = 0;
    this.wire.splice(kept);
  }
}

/** One WebSocket. A browser copies what it is given and does not tell when that has left, a server does not copy and tells. */
export class Link {
  readonly id: number;
  readonly up: Pipe;
  readonly down = new Pipe(true, 0);

  constructor(id: number, obstacle: ByteCount) {
    this.id = id;
    this.up = new Pipe(false, obstacle);
  }
  get isCut(): boolean {
    return this.up.isCut || this.down.isCut;
  }
  cut(kept: number): void {
    this.up.cut(kept);
    this.down.cut(kept);
  }
}

/** What has left is on its way, whatever becomes of the memory it was sent from. */
function copyOf(item: Item): Item {
  return item.kind === 'message' ? { kind: 'message', message: item.message.slice() } : item;
}
