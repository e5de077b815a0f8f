import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount } from '../../protocol/units.ts';
import type { Receive } from '../shared/receive.ts';
import { AcceptPoller } from './accept-poller.ts';
import type {
  Accepted,
  AcceptedForReceive,
  AcceptQueue,
  AcceptQueues,
  BindOptions,
  BoundSocket,
  QueueLength,
} from './accept-queue.ts';
import { connectFrom } from './bound-connect.ts';
import { connectUnix } from './connect-unix.ts';
import { readQueueLength } from './diag/tcp-info.ts';
import { readUnixQueueLength } from './diag/unix-diag.ts';
import {
  AF_INET6,
  AF_UNIX,
  checked,
  encodeInt,
  IPPROTO_IPV6,
  IPV6_V6ONLY,
  type Libc,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_SNDBUF,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_STREAM,
  SOL_SOCKET,
} from './ffi/libc.ts';
import { localEndpointOf, OwnedFd } from './ffi/owned-fd.ts';
import { decodeSockaddr, encodeSockaddr, familyOf, SOCKADDR_BYTES } from './ffi/sockaddr.ts';
import { errnoName, SystemError } from './ffi/system-error.ts';
import { wrapPaused, wrapReceiving } from './receiving-socket.ts';

/** What accepted sockets inherit from the listening one: a stalled pair then holds 192 KiB in the kernel, not 3.8 MB. */
const LEARNER_BUFFER: ByteCount = 65_536;
/** accept4(2): out of file descriptors or memory; the connection keeps waiting. */
const EXHAUSTED = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);
/** accept4(2): not the connection's fault but this program's. */
const FAULTS = new Set(['EBADF', 'EFAULT', 'EINVAL', 'ENOTSOCK']);

/** Listening sockets whose queue is the kernel's own, by way of the C library. */
export function createKernelAcceptQueues(calls: Libc): AcceptQueues {
  const poller = new AcceptPoller(calls);
  const bind = (at: Endpoint, options?: BindOptions): BoundSocket => {
    const fd = bindFd(calls, at, options);
    const endpoint = fd.localEndpoint();
    return {
      endpoint,
      listen: async (backlog) => listenOn(calls, poller, fd, endpoint, backlog),
      connect: async (remote, onread) => {
        // libuv can take over a connected file descriptor, not one that is bound: the address changes hands.
        fd.close();
        return connectFrom(endpoint, remote, onread);
      },
      close: async () => fd.close(),
    };
  };
  return {
    kind: 'kernel',
    bind: async (at, options) => bind(at, options),
    listen: async (at, backlog, options) => bind(at, options).listen(backlog),
    connectPath: connectUnix,
    kick: poller.kick,
  };
}

function bindFd(calls: Libc, at: Endpoint, options: BindOptions = {}): OwnedFd {
  const family = familyOf(at);
  const address = encodeSockaddr(calls, at);
  const fd = new OwnedFd(
    calls,
    checked(calls, 'socket', calls.socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
  );
  options.onSocket?.();
  try {
    if (family !== AF_UNIX && options.reuseAddress !== false) fd.setOption(SOL_SOCKET, SO_REUSEADDR, 1);
    if (family === AF_INET6) fd.setOption(IPPROTO_IPV6, IPV6_V6ONLY, options.ipv6Only === false ? 0 : 1);
    checked(calls, 'bind', calls.bind(fd.number, address, address.length), at.host);
    return fd;
  } catch (error) {
    fd.close();
    throw error;
  }
}

function listenOn(calls: Libc, poller: AcceptPoller, fd: OwnedFd, endpoint: Endpoint, backlog: number): AcceptQueue {
  try {
    fd.setOption(SOL_SOCKET, SO_SNDBUF, LEARNER_BUFFER);
    fd.setOption(SOL_SOCKET, SO_RCVBUF, LEARNER_BUFFER);
    checked(calls, 'listen', calls.listen(fd.number, backlog), endpoint.host);
    return new KernelAcceptQueue(calls, poller, fd, endpoint, backlog);
  } catch (error) {
    fd.close();
    throw error;
  }
}

class KernelAcceptQueue implements AcceptQueue {
  readonly kind = 'kernel';
  readonly endpoint: Endpoint;
  readonly backlog: number;
  readonly fd: number;
  readonly #calls: Libc;
  readonly #poller: AcceptPoller;
  readonly #owned: OwnedFd;
  #listener: (() => void) | undefined;
  #toldWaiting = 0;

  constructor(calls: Libc, poller: AcceptPoller, owned: OwnedFd, endpoint: Endpoint, backlog: number) {
    this.#calls = calls;
    this.#poller = poller;
    this.#owned = owned;
    this.endpoint = endpoint;
    this.backlog = backlog;
    this.fd = owned.number;
    poller.add(this);
  }

  readonly pending = (): QueueLength => {
    if (!this.#owned.isOpen) return { waiting: 0, max: this.backlog };
    const isUnix = familyOf(this.endpoint) === AF_UNIX;
    const length = isUnix ? readUnixQueueLength(this.#calls, this.fd) : readQueueLength(this.#calls, this.fd);
    return length ?? { waiting: 0, max: this.backlog };
  };

  readonly onReady = (listener: () => void): void => {
    this.#listener = listener;
  };

  onPolled(isReadable: boolean): void {
    const waiting = isReadable ? this.pending().waiting : 0;
    if (waiting === this.#toldWaiting) return;
    this.#toldWaiting = waiting;
    this.#listener?.();
  }

  accept(receive: Receive): AcceptedForReceive | undefined;
  accept(): Accepted | undefined;
  accept(receive?: Receive): Accepted | AcceptedForReceive | undefined {
    if (!this.#owned.isOpen) return undefined;
    const taken = this.#takeNext();
    if (!taken) return undefined;
    this.#toldWaiting = this.pending().waiting;
    const { fd, remote } = taken;
    try {
      const local = localEndpointOf(this.#calls, fd);
      return receive ? { ...wrapReceiving(fd, receive), local, remote } : { socket: wrapPaused(fd), local, remote };
    } catch (error) {
      this.#calls.close(fd);
      throw error;
    }
  }

  #takeNext(): { fd: number; remote: Endpoint } | undefined {
    const address = Buffer.alloc(SOCKADDR_BYTES);
    for (;;) {
      const length = encodeInt(SOCKADDR_BYTES);
      const fd = this.#calls.accept4(this.fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd >= 0) return { fd, remote: decodeSockaddr(this.#calls, address, length.readInt32LE()) };
      const code = errnoName(this.#calls.errno());
      if (code === 'EAGAIN') {
        this.#toldWaiting = 0;
        return undefined;
      }
      if (FAULTS.has(code)) throw new SystemError('accept4', code);
      if (EXHAUSTED.has(code)) {
        // Whoever waits is told of again at the next look, when there may be room.
        this.#toldWaiting = -1;
        return undefined;
      }
      // Linux tells the new connection's own error here, ECONNABORTED for one: it is gone, the next may be there.
    }
  }

  readonly close = async (): Promise<void> => {
    this.#poller.remove(this);
    this.#owned.close();
  };
}
