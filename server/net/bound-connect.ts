import * as net from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Accepted } from './accept-queue.ts';

/** bind(2) to the one, connect(2) to the other. The socket is paused and may be half-closed. */
export function connectFrom(local: Endpoint, remote: Endpoint, onread?: net.OnReadOpts): Promise<Accepted> {
  const handle = new net.BoundSocket({ host: local.host, port: local.port });
  return connectBound(handle, remote, onread);
}

export function connectBound(handle: net.BoundSocket, remote: Endpoint, onread?: net.OnReadOpts): Promise<Accepted> {
  const { promise, resolve, reject } = Promise.withResolvers<Accepted>();
  const socket = new net.Socket({ handle, allowHalfOpen: true, ...(onread && { onread }) });
  socket.pause();
  socket.once('error', reject);
  socket.connect({ host: remote.host, port: remote.port, autoSelectFamily: false }, () => {
    socket.off('error', reject);
    const { localAddress = '', localPort = 0 } = socket;
    resolve({ socket, local: { host: localAddress, port: localPort }, remote });
  });
  return promise;
}
