import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { AcceptPoller } from './accept-poller.ts';
import { AF_UNIX, checked, encodeInt, type Libc, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_SEQPACKET } from './ffi/libc.ts';
import { localEndpointOf, OwnedFd } from './ffi/owned-fd.ts';
import { encodeSockaddr, SOCKADDR_BYTES } from './ffi/sockaddr.ts';
import { errnoName, SystemError } from './ffi/system-error.ts';

const MSG_TRUNC = 0x20;
const MSG_NOSIGNAL = 0x4000;
const MESSAGE_BYTES_MAX: ByteCount = 65_536;

/** One recv(n) of a message: what fitted, and how long the message was; the rest of it is lost. */
export type ReceivedMessage = { readonly bytes: Buffer; readonly length: ByteCount };

/** A connected SOCK_SEQPACKET: a connection that keeps the borders of messages. */
export type SeqpacketSocket = {
  readonly local: Endpoint;
  /** One message, whole. @throws {SystemError} EAGAIN while the peer's queue is full, EMSGSIZE, EPIPE, ECONNRESET */
  readonly send: (bytes: Uint8Array) => void;
  /** The next message, without waiting: undefined where there is none yet, of length 0 where the peer has closed. */
  readonly receive: (size: ByteCount) => ReceivedMessage | undefined;
  /** Runs whenever there is something to receive, again and again until it is; a peer that has closed is something. */
  readonly onReadable: (listener: () => void) => void;
  readonly close: () => void;
};
export type SeqpacketListener = {
  readonly endpoint: Endpoint;
  readonly accept: () => SeqpacketSocket | undefined;
  readonly onReadable: (listener: () => void) => void;
  readonly close: () => void;
};

/** AF_UNIX, SOCK_SEQPACKET: which libuv does not have (unix(7)). All of it goes through one poller. */
export class Seqpacket {
  readonly #calls: Libc;
  readonly #poller: AcceptPoller;

  constructor(calls: Libc) {
    this.#calls = calls;
    this.#poller = new AcceptPoller(calls);
  }

  /** @throws {SystemError} EADDRINUSE, ENOENT … */
  listen(path: string, backlog: number): SeqpacketListener {
    const calls = this.#calls;
    const fd = this.#open((number, address) => {
      checked(calls, 'bind', calls.bind(number, address, address.length), path);
      checked(calls, 'listen', calls.listen(number, backlog), path);
    }, path);
    const watched = this.#watch(fd);
    const accept = (): SeqpacketSocket | undefined => {
      if (!fd.isOpen) return undefined;
      const accepted = calls.accept4(
        fd.number,
        Buffer.alloc(SOCKADDR_BYTES),
        encodeInt(SOCKADDR_BYTES),
        SOCK_NONBLOCK | SOCK_CLOEXEC,
      );
      return accepted < 0 ? undefined : this.#socket(new OwnedFd(calls, accepted));
    };
    return { endpoint: fd.localEndpoint(), accept, ...watched };
  }

  /** @throws {SystemError} ENOENT, ECONNREFUSED, EPROTOTYPE: another type listens there, EAGAIN: its queue is full */
  connect(path: string): SeqpacketSocket {
    const calls = this.#calls;
    const fd = this.#open((number, address) => {
      checked(calls, 'connect', calls.connect(number, address, address.length), path);
    }, path);
    this.#poller.kick();
    return this.#socket(fd);
  }

  #open(join: (fd: number, address: Buffer) => void, path: string): OwnedFd {
    const calls = this.#calls;
    const type = SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const fd = new OwnedFd(calls, checked(calls, 'socket', calls.socket(AF_UNIX, type, 0)));
    try {
      join(fd.number, encodeSockaddr(calls, { host: path, port: 0 }));
      return fd;
    } catch (error) {
      fd.close();
      throw error;
    }
  }

  #socket(fd: OwnedFd): SeqpacketSocket {
    const calls = this.#calls;
    return {
      local: localEndpointOf(calls, fd.number),
      send: (bytes) => {
        checked(calls, 'send', Number(calls.send(fd.number, bytes, bytes.length, MSG_NOSIGNAL)));
        this.#poller.kick();
      },
      receive: (size) => {
        const buffer = Buffer.alloc(Math.min(size, MESSAGE_BYTES_MAX));
        const length = Number(calls.recv(fd.number, buffer, buffer.length, MSG_TRUNC));
        if (length >= 0) return { bytes: buffer.subarray(0, length), length };
        const code = errnoName(calls.errno());
        if (code === 'EAGAIN') return undefined;
        throw new SystemError('recv', code);
      },
      ...this.#watch(fd),
    };
  }

  #watch(fd: OwnedFd): Pick<SeqpacketSocket, 'onReadable' | 'close'> {
    let listener: (() => void) | undefined;
    const polled = { fd: fd.number, onPolled: (isReadable: boolean) => isReadable && listener?.() };
    this.#poller.add(polled);
    return {
      onReadable: (run) => {
        listener = run;
      },
      close: () => {
        this.#poller.remove(polled);
        fd.close();
        this.#poller.kick();
      },
    };
  }
}
