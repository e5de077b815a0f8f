import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Receive, Receiver } from './accept-queue.ts';
import { setReadBuffer } from './fd-of.ts';

export const RECEIVE_BYTES_MAX = 65_536;

/**
 * All reads go here, and are copied out by whoever keeps them: libuv reads and tells in one go, so that no two reads
 * are ever under way at once. An idle connection thus holds no buffer of its own.
 */
const SCRATCH = Buffer.allocUnsafeSlow(RECEIVE_BYTES_MAX);

/** Node's own option of accepted sockets, absent from its types: no read(2) before `resume()`. */
type PausedSocketOptions = SocketConstructorOpts & { readonly pauseOnCreate: true };

/** Takes over an accepted file descriptor. Nothing is read before `resume()`. */
export function wrapPaused(fd: number): Socket {
  const options: PausedSocketOptions = { fd, allowHalfOpen: true, pauseOnCreate: true };
  return new Socket(options);
}

/** The same, where each read(2) is of exactly the size that the reader asks for. */
export function wrapReceiving(fd: number, receive: Receive): { socket: Socket; receiver: Receiver } {
  let buffer = SCRATCH.subarray(0, receive.size());
  const options: PausedSocketOptions = {
    fd,
    allowHalfOpen: true,
    pauseOnCreate: true,
    onread: {
      buffer: () => {
        buffer = SCRATCH.subarray(0, receive.size());
        return buffer;
      },
      callback: (count) => receive.onRead(buffer.subarray(0, count)),
    },
  };
  const socket = new Socket(options);
  const resized = (): void => {
    const size = receive.size();
    if (size === buffer.length || socket.destroyed) return;
    const next = SCRATCH.subarray(0, size);
    if (setReadBuffer(socket, next)) buffer = next;
  };
  return { socket, receiver: { resume: () => void socket.resume(), pause: () => void socket.pause(), resized } };
}
