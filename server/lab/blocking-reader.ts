import type { ByteCount } from '../../protocol/units.ts';
import type { AcceptedForReceive } from '../net/accept-queue.ts';
import { SystemError } from '../net/ffi/system-error.ts';
import type { Receive } from '../shared/receive.ts';

const NOTHING = Buffer.alloc(0);

/** The blocking recv(n) of one socket: each call is one read(2) of n bytes at the most. One call at a time. */
export class BlockingReader implements Receive {
  /** Replaces the n of whoever calls. */
  readonly #imposedSize: () => ByteCount | undefined;
  #size: ByteCount = 1_024;
  #caller: PromiseWithResolvers<Buffer> | undefined;
  #accepted: AcceptedForReceive | undefined;
  #failure: Error | undefined;
  #hasEnded = false;

  constructor(imposedSize: () => ByteCount | undefined) {
    this.#imposedSize = imposedSize;
  }

  readonly size = (): ByteCount => this.#imposedSize() ?? this.#size;

  readonly onRead = (bytes: Buffer): boolean => {
    this.#answer()?.resolve(Buffer.from(bytes));
    return false;
  };

  /** The socket that was accepted with this reader. */
  attach(accepted: AcceptedForReceive): void {
    this.#accepted = accepted;
    accepted.socket.on('end', () => {
      this.#hasEnded = true;
      this.#answer()?.resolve(NOTHING);
    });
    accepted.socket.on('error', (error) => this.#fail(error));
    accepted.socket.on('close', () => this.#fail(new SystemError('recv', 'EBADF')));
  }

  /** The imposed size has changed. */
  resized(): void {
    if (this.#caller) this.#accepted?.receiver.resized();
  }

  /** No bytes: the peer has sent FIN. @throws {Error} `code` ECONNRESET …, EBADF once the socket is closed */
  recv(size: ByteCount): Promise<Buffer> {
    if (this.#hasEnded) return Promise.resolve(NOTHING);
    if (this.#failure) return Promise.reject(this.#failure);
    this.#size = size;
    this.#caller = Promise.withResolvers();
    const { promise } = this.#caller;
    this.#accepted?.receiver.resized();
    this.#accepted?.receiver.resume();
    return promise;
  }

  #answer(): PromiseWithResolvers<Buffer> | undefined {
    const caller = this.#caller;
    this.#caller = undefined;
    return caller;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#answer()?.reject(error);
  }
}
