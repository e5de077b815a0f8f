import type { Socket } from 'node:net';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import type { CallOutcome } from '../../../../protocol/messages/calls.ts';
import type { ByteCount } from '../../../../protocol/units.ts';
import type { Outbound } from '../outbound.ts';
import { RecvByHand } from '../recv-by-hand.ts';
import type { StreamHost } from '../stream-host.ts';
import { ShortReads } from './short-reads.ts';

/** What waits for the browser before the socket is no longer read. */
const QUEUE_BYTES: ByteCount = 131_072;

/** What a socket is read by: Node's own, or of an accepted one the receiver. `readsAhead`: it keeps bytes that nobody asked for. */
export type SocketReader = {
  readonly resume: () => unknown;
  readonly pause: () => unknown;
  readonly readsAhead?: boolean;
};

/** When a connection is read: as long as there is room for what comes, or a recv(2) for each that is asked for by hand. */
export class SocketReads {
  readonly #outbound: Outbound;
  readonly #host: Pick<StreamHost, 'guard' | 'tab'>;
  /** What may wait for the browser for a read to be followed by another; 0 while each is asked for by hand. */
  #until: ByteCount = QUEUE_BYTES;
  #socket: Socket | undefined;
  #reader: SocketReader | undefined;
  /** Once it has been read by hand. */
  #byHand: RecvByHand | undefined;
  /** Most streams are never read, or are idle for long. */
  #shortReads: ShortReads | undefined;
  #isPaused = false;

  constructor(outbound: Outbound, host: Pick<StreamHost, 'guard' | 'tab'>) {
    this.#outbound = outbound;
    this.#host = host;
  }

  attach(socket: Socket, reader: SocketReader): void {
    this.#socket = socket;
    this.#reader = reader;
    if (this.isByHand) reader.pause();
  }
  get isByHand(): boolean {
    return this.#byHand?.isOn ?? false;
  }

  /** A read has returned so many bytes, which wait for the browser. Returns whether another may follow. */
  onRead(count: ByteCount): boolean {
    this.#shortReads ??= new ShortReads(this.#host.tab.sideWork, () => this.#host.guard(() => this.#readAgain()));
    this.#shortReads.count(count);
    const hasRoom = this.#outbound.weight < this.#until || this.#onFull(count);
    return hasRoom && !this.#shortReads.isWaiting;
  }
  onDrain(): void {
    if (this.#isPaused && !this.isByHand && this.#outbound.weight < QUEUE_BYTES) {
      this.#isPaused = false;
      this.#readAgain();
    }
    this.#byHand?.onRoom();
  }
  onEof(): void {
    this.#byHand?.onRead(0);
  }
  /** The stream has ended. */
  end(): void {
    this.#shortReads?.end();
    this.#byHand?.end();
  }

  recv(size: ByteCount): Promise<CallOutcome> {
    return this.#handOf().recv(size);
  }
  /** @throws {PlaygroundError} UNSUPPORTED */
  setByHand(isByHand: boolean): void {
    if (isByHand && this.#reader?.readsAhead) {
      throw new PlaygroundError('UNSUPPORTED', 'this system reads ahead on accepted sockets');
    }
    if (isByHand) {
      this.#until = 0;
      this.#handOf().hold();
    } else if (this.isByHand) this.#release();
  }

  /** `#until` follows with the next read: one that was asked for by hand may wait for it. */
  #release(): void {
    this.#byHand?.release();
    this.#isPaused = this.#outbound.weight >= QUEUE_BYTES;
    this.#readAgain();
  }
  #onFull(count: ByteCount): boolean {
    this.#byHand?.onRead(count);
    this.#until = this.isByHand ? 0 : QUEUE_BYTES;
    this.#isPaused = this.#outbound.weight >= this.#until;
    return !this.#isPaused;
  }
  #readAgain(): void {
    if (!this.#isPaused && !this.isByHand && !this.#shortReads?.isWaiting) this.#reader?.resume();
  }
  #handOf(): RecvByHand {
    this.#byHand ??= new RecvByHand({
      start: () => this.#reader?.resume(),
      stop: () => this.#reader?.pause(),
      hasRoom: () => this.#outbound.weight < QUEUE_BYTES,
      hasEnded: () => this.#socket?.readableEnded ?? false,
    });
    return this.#byHand;
  }
}
