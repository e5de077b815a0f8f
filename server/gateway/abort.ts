import type { Socket } from 'node:net';

/** RST to the peer where the socket is one of TCP's and connected; else it is just closed. */
export function abort(socket: Socket): void {
  if (socket.destroyed) return;
  // Node throws where there is no TCP handle, and would wait for a connection that may never be.
  if (socket.connecting || socket.remoteFamily === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
