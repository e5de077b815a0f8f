import { randomBytes } from 'node:crypto';
import { BoundSocket, type BoundSocketOptions, type OnReadOpts, Socket } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';

/**
 * connect(2) to the Unix socket at a path. On Linux from an abstract name of its own, `@socket-playground-…`, so that the
 * server's accept(2) tells this client from others; elsewhere `local.host` is empty. The socket may be half-closed.
 * Failures are the socket's `error` event: ENOENT, ECONNREFUSED, EAGAIN where the queue is full (unix(7)).
 */
export function connectUnix(path: string, onread?: OnReadOpts): { socket: Socket; local: Endpoint } {
  const name = `socket-playground-${randomBytes(8).toString('hex')}`;
  const options = { allowHalfOpen: true, ...(onread && { onread }) };
  if (process.platform !== 'linux') {
    const socket = new Socket(options);
    socket.connect({ path });
    return { socket, local: { host: '', port: 0 } };
  }
  // Node has had paths here since 24.19, its types have not.
  const byPath: { readonly path: string } & BoundSocketOptions = { path: `\0${name}` };
  const socket = new Socket({ ...options, handle: new BoundSocket(byPath) });
  socket.connect({ path });
  return { socket, local: { host: `@${name}`, port: 0 } };
}
