import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { checked, encodeInt, type Libc } from './libc.ts';
import { decodeSockaddr, SOCKADDR_BYTES } from './sockaddr.ts';
import { SystemError } from './system-error.ts';

/**
 * A file descriptor that this program opened and nobody else may close. Once given away or closed it cannot be used
 * again, so that a number which the system has meanwhile given to another file is never touched.
 */
export class OwnedFd {
  readonly #calls: Libc;
  #fd: number;

  constructor(calls: Libc, fd: number) {
    this.#calls = calls;
    this.#fd = fd;
  }
  get isOpen(): boolean {
    return this.#fd >= 0;
  }
  /** @throws {SystemError} EBADF after `close` or `release` */
  get number(): number {
    if (this.#fd < 0) throw new SystemError('socket', 'EBADF', 'is closed');
    return this.#fd;
  }
  /** From now on it is the caller's. */
  release(): number {
    const fd = this.number;
    this.#fd = -1;
    return fd;
  }
  close(): void {
    if (this.#fd >= 0) this.#calls.close(this.release());
  }
  setOption(level: number, name: number, value: number): void {
    checked(this.#calls, 'setsockopt', this.#calls.setsockopt(this.number, level, name, encodeInt(value), 4));
  }
  /** getsockname(2) */
  localEndpoint(): Endpoint {
    return localEndpointOf(this.#calls, this.number);
  }
}

export function localEndpointOf(calls: Libc, fd: number): Endpoint {
  const address = Buffer.alloc(SOCKADDR_BYTES);
  const length = encodeInt(SOCKADDR_BYTES);
  checked(calls, 'getsockname', calls.getsockname(fd, address, length));
  return decodeSockaddr(calls, address, length.readInt32LE());
}
