import { Socket, type SocketConstructorOpts } from 'node:net';
import { onreadOf, type Receive } from '../shared/receive.ts';
import type { Receiver } from './accept-queue.ts';
import { setReadBuffer } from './ffi/fd-of.ts';

/** Node's own option of accepted sockets, absent from its types: no read(2) before `resume()`. */
type PausedSocketOptions = SocketConstructorOpts & { readonly pauseOnCreate: true };

/** Takes over an accepted file descriptor. Nothing is read before `resume()`. */
export function wrapPaused(fd: number): Socket {
  const options: PausedSocketOptions = { fd, allowHalfOpen: true, pauseOnCreate: true };
  return new Socket(options);
}

/** The same, where each read(2) is of exactly the size that the reader asks for. */
export function wrapReceiving(fd: number, receive: Receive): { socket: Socket; receiver: Receiver } {
  const { onread, resized } = onreadOf(receive, setReadBuffer);
  const options: PausedSocketOptions = { fd, allowHalfOpen: true, pauseOnCreate: true, onread };
  const socket = new Socket(options);
  return {
    socket,
    receiver: {
      resume: () => void socket.resume(),
      pause: () => void socket.pause(),
      resized: () => resized(socket),
      readsAhead: false,
    },
  };
}
