import type { Socket } from 'node:net';
import { poison } from '../../protocol/message-pool.ts';
import type { Receive } from '../shared/receive.ts';
import type { Receiver } from './accept-queue.ts';

/** recv(n) on a socket that Node reads: what has come is handed out in pieces of n bytes at the most. */
export function receiveBySlices(socket: Socket, receive: Receive): Receiver {
  let isReading = false;
  const pull = (): void => {
    while (isReading && !socket.destroyed) {
      const count = Math.min(receive.size(), socket.readableLength);
      // A read of nothing asks Node for more, and lets the end of the stream be seen.
      const chunk: Buffer | null = socket.read(count);
      if (count === 0 || chunk === null) return;
      isReading = receive.onRead(chunk) && isReading;
      poison(chunk);
    }
  };
  socket.on('readable', pull);
  return {
    resume: () => {
      isReading = true;
      pull();
    },
    pause: () => {
      isReading = false;
    },
    resized: () => true,
    readsAhead: true,
  };
}
