import { once } from 'node:events';
import * as net from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Receive } from '../shared/receive.ts';
import { abort } from '../shared/reset.ts';
import type {
  Accepted,
  AcceptedForReceive,
  AcceptQueue,
  AcceptQueues,
  BindOptions,
  BoundSocket,
} from './accept-queue.ts';
import { connectBound } from './bound-connect.ts';
import { connectUnix } from './connect-unix.ts';
import { familyOf, isUnixEndpoint } from './ffi/sockaddr.ts';
import { receiveBySlices } from './slicing-receiver.ts';

/**
 * Listening sockets of Node's own, for systems whose kernel's queue cannot be had: libuv accepts every connection at
 * once, so those who wait do so here, and whoever finds the queue full is reset, not left to try again.
 */
export function createEmulatedAcceptQueues(): AcceptQueues {
  const bind = async (at: Endpoint, options?: BindOptions): Promise<BoundSocket> => {
    const handle = bindHandle(at, options);
    const endpoint = endpointOf(handle.address());
    return {
      endpoint,
      listen: (backlog) => listenOn(handle, endpoint, backlog),
      connect: (remote, onread) => connectBound(handle, remote, onread),
      close: async () => handle.close(),
    };
  };
  return {
    kind: 'emulated',
    bind,
    listen: async (at, backlog, options) => (await bind(at, options)).listen(backlog),
    connectPath: connectUnix,
    kick: () => undefined,
  };
}

function bindHandle(at: Endpoint, options: BindOptions = {}): net.BoundSocket {
  familyOf(at);
  options.onSocket?.();
  if (!isUnixEndpoint(at)) {
    const ipv6Only = net.isIPv6(at.host) && options.ipv6Only !== false;
    return new net.BoundSocket({ host: at.host, port: at.port, ipv6Only });
  }
  // Node has had paths here since 24.19, its types have not.
  const byPath: { readonly path: string } & net.BoundSocketOptions = { path: at.host.replace(/^@/, '\0') };
  return new net.BoundSocket(byPath);
}

function endpointOf(address: net.AddressInfo | string): Endpoint {
  if (typeof address === 'string') return { host: address.replace(/^\0/, '@'), port: 0 };
  return { host: address.address, port: address.port };
}

async function listenOn(handle: net.BoundSocket, endpoint: Endpoint, backlog: number): Promise<AcceptQueue> {
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true });
  const queue = new EmulatedAcceptQueue(server, endpoint, backlog);
  server.listen(handle, backlog);
  await once(server, 'listening');
  return queue;
}

class EmulatedAcceptQueue implements AcceptQueue {
  readonly kind = 'emulated';
  readonly endpoint: Endpoint;
  readonly backlog: number;
  readonly #server: net.Server;
  readonly #waiting: net.Socket[] = [];
  #listener: (() => void) | undefined;

  constructor(server: net.Server, endpoint: Endpoint, backlog: number) {
    this.#server = server;
    this.endpoint = endpoint;
    this.backlog = backlog;
    server.on('connection', (socket) => this.#enqueue(socket));
  }

  readonly pending = () => ({ waiting: this.#waiting.length, max: this.backlog });
  readonly onReady = (listener: () => void): void => {
    this.#listener = listener;
  };

  #enqueue(socket: net.Socket): void {
    // One more than the backlog, as Linux has it.
    if (this.#waiting.length > this.backlog) {
      reset(socket);
      return;
    }
    this.#waiting.push(socket);
    const onEarlyError = (): void => {
      const index = this.#waiting.indexOf(socket);
      if (index < 0) return;
      this.#waiting.splice(index, 1);
      this.#listener?.();
    };
    socket.on('error', onEarlyError);
    this.#listener?.();
  }

  accept(receive: Receive): AcceptedForReceive | undefined;
  accept(): Accepted | undefined;
  accept(receive?: Receive): Accepted | AcceptedForReceive | undefined {
    const socket = this.#waiting.shift();
    if (!socket) return undefined;
    socket.removeAllListeners('error');
    const { localAddress, localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
    const accepted = {
      socket,
      local: localAddress === undefined ? this.endpoint : { host: localAddress, port: localPort },
      remote: { host: remoteAddress, port: remotePort },
    };
    return receive ? { ...accepted, receiver: receiveBySlices(socket, receive) } : accepted;
  }

  readonly close = async (): Promise<void> => {
    for (const socket of this.#waiting.splice(0)) reset(socket);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    // The server's own `close` event would wait for the accepted connections too, which are their takers' affair.
    setImmediate(resolve);
    await promise;
  };
}

function reset(socket: net.Socket): void {
  socket.on('error', () => undefined);
  abort(socket);
}
