import type { Milliseconds } from '../../protocol/units.ts';
import { type Libc, POLLIN } from './ffi/libc.ts';

const INTERVAL: Milliseconds = 20;
/** struct pollfd: int fd, short events, short revents. */
const POLLFD_BYTES = 8;

export type Polled = { readonly fd: number; readonly onPolled: (isReadable: boolean) => void };

/**
 * One poll(2) over all listening sockets, 50 times a second and whenever it is kicked. libuv could watch them only by
 * accepting what it sees, and then the kernel's queue would always be empty.
 */
export class AcceptPoller {
  readonly #calls: Libc;
  readonly #watched = new Set<Polled>();
  #order: Polled[] = [];
  #pollfds = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isKicked = false;

  constructor(calls: Libc) {
    this.#calls = calls;
  }

  add(polled: Polled): void {
    this.#watched.add(polled);
    this.#layOut();
    // It keeps no process alive: what listens for learners lives no longer than the server it belongs to.
    this.#timer ??= setInterval(() => this.kick(), INTERVAL).unref();
  }

  remove(polled: Polled): void {
    this.#watched.delete(polled);
    this.#layOut();
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Polls now; or, where it is a listener being told that kicks, in the event loop's next turn. */
  readonly kick = (): void => {
    this.#isKicked = this.#isPolling;
    if (this.#isPolling || this.#order.length === 0) return;
    this.#isPolling = true;
    try {
      this.#poll();
    } finally {
      this.#isPolling = false;
      if (this.#isKicked) setImmediate(this.kick);
    }
  };

  #poll(): void {
    const order = this.#order;
    const pollfds = this.#pollfds;
    if (this.#calls.poll(pollfds, order.length, 0) < 0) return;
    order.forEach((polled, index) => {
      if (this.#watched.has(polled)) polled.onPolled(pollfds.readInt16LE(index * POLLFD_BYTES + 6) !== 0);
    });
  }

  #layOut(): void {
    this.#order = [...this.#watched];
    this.#pollfds = Buffer.alloc(this.#order.length * POLLFD_BYTES);
    this.#order.forEach(({ fd }, index) => {
      this.#pollfds.writeInt32LE(fd, index * POLLFD_BYTES);
      this.#pollfds.writeInt16LE(POLLIN, index * POLLFD_BYTES + 4);
    });
  }
}
