import type { Socket } from 'node:net';

/**
 * RST to the peer where the socket is one of TCP's and connected; else it is just closed. Where shutdown(2) is under way
 * the RST follows its FIN, in the next turn.
 */
export function abort(socket: Socket): void {
  if (socket.destroyed) return;
  // Node throws where there is no TCP handle, and would wait for a connection that may never be.
  if (socket.connecting || socket.remoteFamily === undefined) socket.destroy();
  // libuv refuses to reset what shuts down (EINVAL), and Node then forgets the handle without having closed it. Ahead of
  // the others who wait for the end: destroySoon would close without a reset.
  else if (isShuttingDown(socket)) socket.prependOnceListener('finish', () => abort(socket));
  else socket.resetAndDestroy();
}

/** Nothing is left to be sent but the FIN. With bytes left shutdown(2) has not been called, and nobody may ever take them. */
function isShuttingDown({ writableEnded, writableFinished, writableLength }: Socket): boolean {
  return writableEnded && !writableFinished && writableLength === 0;
}

/**
 * What was sent goes out first. Where nothing waits that is close(2) and no more: of bytes that are unread the kernel makes it a
 * reset, with no FIN before it.
 */
export function closeSocket(socket: Socket): void {
  if (socket.writableLength > 0 || socket.writableEnded || socket.connecting) socket.destroySoon();
  else socket.destroy();
}
