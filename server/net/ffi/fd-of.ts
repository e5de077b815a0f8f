import type { Socket as DatagramSocket } from 'node:dgram';
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

/** What Node keeps beneath a datagram socket, as little public. */
type DatagramHandle = { readonly fd?: unknown; readonly recvStart?: unknown; readonly recvStop?: unknown };

function datagramHandleOf(socket: DatagramSocket): DatagramHandle | null | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'state symbol');
  if (key === undefined) return undefined;
  return (socket as unknown as Record<symbol, { readonly handle?: DatagramHandle | null } | undefined>)[key]?.handle;
}

/** The file descriptor of a bound datagram socket; undefined once it is closed. */
export function datagramFdOf(socket: DatagramSocket): number | undefined {
  const fd = datagramHandleOf(socket)?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}

/** Has recvfrom(2) called on a bound datagram socket whenever it is readable, or not at all. Returns whether this Node can. */
export function setDatagramReading(socket: DatagramSocket, isReading: boolean): boolean {
  const handle = datagramHandleOf(socket);
  const call = isReading ? handle?.recvStart : handle?.recvStop;
  if (!handle || typeof call !== 'function') return false;
  call.call(handle);
  return true;
}
