import { Socket, type SocketConstructorOpts } from 'node:net';
import { poison } from '../../protocol/message-pool.ts';
import type { Receive, Receiver } from './accept-queue.ts';
import { setReadBuffer } from './fd-of.ts';

const RECEIVE_BYTES_MAX = 65_536;

/**
 * All reads go here, and are copied out by whoever keeps them: libuv reads and tells in one go, so that no two reads
 * are ever under way at once. An idle connection thus holds no buffer of its own.
 */
const SCRATCH = Buffer.allocUnsafeSlow(RECEIVE_BYTES_MAX);

/** Node keeps every buffer that a socket was ever given while it waits: past so many the next read brings the new size. */
const RESIZES_MAX = 1_000;

/** Node's own option of accepted sockets, absent from its types: no read(2) before `resume()`. */
type PausedSocketOptions = SocketConstructorOpts & { readonly pauseOnCreate: true };

/** Takes over an accepted file descriptor. Nothing is read before `resume()`. */
export function wrapPaused(fd: number): Socket {
  const options: PausedSocketOptions = { fd, allowHalfOpen: true, pauseOnCreate: true };
  return new Socket(options);
}

/** The same, where each read(2) is of exactly the size that the reader asks for. */
export function wrapReceiving(fd: number, receive: Receive): { socket: Socket; receiver: Receiver } {
  const nextBuffer = () => SCRATCH.subarray(0, receive.size());
  let buffer = nextBuffer();
  let resizes = 0;
  const options: PausedSocketOptions = {
    fd,
    allowHalfOpen: true,
    pauseOnCreate: true,
    onread: {
      buffer: () => {
        buffer = nextBuffer();
        return buffer;
      },
      callback: (count) => {
        const bytes = buffer.subarray(0, count);
        const takesMore = receive.onRead(bytes);
        poison(bytes);
        return takesMore;
      },
    },
  };
  const socket = new Socket(options);
  const resized = (): void => {
    const next = nextBuffer();
    if (next.length === buffer.length || resizes === RESIZES_MAX) return;
    if (!setReadBuffer(socket, next)) return;
    buffer = next;
    resizes += 1;
  };
  return { socket, receiver: { resume: () => void socket.resume(), pause: () => void socket.pause(), resized } };
}
