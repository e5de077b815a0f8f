import type { OnReadOpts, Socket } from 'node:net';
import { poison } from '../../protocol/message-pool.ts';
import type { ByteCount } from '../../protocol/units.ts';

/** How a socket is read, where each recv(n) counts by itself. */
export type Receive = {
  /** The n of the next recv(n), 1–65536. */
  readonly size: () => ByteCount;
  /**
   * One recv(n) returned 1–n bytes. They are on loan until it returns: copy what is to be kept. Returning false makes
   * no further call until the socket is resumed. The end of the stream is the socket's `end` event.
   */
  readonly onRead: (bytes: Buffer) => boolean;
};

const RECEIVE_BYTES_MAX: ByteCount = 65_536;

/**
 * All reads go here, and are copied out by whoever keeps them: libuv reads and tells in one go, so that no two reads
 * are ever under way at once. An idle connection thus holds no buffer of its own.
 */
const SCRATCH = Buffer.allocUnsafeSlow(RECEIVE_BYTES_MAX);

/** Node keeps every buffer that a socket was ever given while it waits: past so many the next read brings the new size. */
const RESIZES_MAX = 1_000;

/**
 * Node's `onread` for reads of exactly the size that the reader asks for. `resized`: `size()` has another answer now; a recv(n)
 * that already waits for bytes gets it too, where `setReadBuffer` can give it another buffer, which is returned.
 */
export function onreadOf(
  receive: Receive,
  setReadBuffer: (socket: Socket, buffer: Uint8Array) => boolean,
): { readonly onread: OnReadOpts; readonly resized: (socket: Socket) => boolean } {
  let given = 0;
  let resizes = 0;
  const nextBuffer = (): Buffer => {
    given = receive.size();
    return SCRATCH.subarray(0, given);
  };
  return {
    onread: {
      buffer: nextBuffer,
      callback: (count) => {
        const bytes = SCRATCH.subarray(0, count);
        const takesMore = receive.onRead(bytes);
        poison(bytes);
        return takesMore;
      },
    },
    resized: (socket) => {
      const size = receive.size();
      if (size === given) return true;
      if (resizes === RESIZES_MAX || !setReadBuffer(socket, SCRATCH.subarray(0, size))) return false;
      given = size;
      resizes += 1;
      return true;
    },
  };
}
