import type { Socket } from 'node:net';

/** What Node keeps beneath a socket. Not public: Node is pinned, and what is not there is treated as not there. */
type Handle = { readonly fd?: unknown; readonly useUserBuffer?: unknown };

function handleOf(socket: Socket): Handle | null | undefined {
  return (socket as unknown as { readonly _handle?: Handle | null })._handle;
}

/** The file descriptor of a socket; undefined once it is closed, while a name is looked up, or where there are none. */
export function fdOf(socket: Socket): number | undefined {
  const fd = handleOf(socket)?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}

/** Gives a read that is already waiting for bytes another buffer. Returns whether this Node can. */
export function setReadBuffer(socket: Socket, buffer: Uint8Array): boolean {
  const handle = handleOf(socket);
  if (typeof handle?.useUserBuffer !== 'function') return false;
  handle.useUserBuffer(buffer);
  return true;
}
