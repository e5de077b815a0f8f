import type { OnReadOpts } from 'node:net';
import { onreadOf } from '../../../shared/receive.ts';
import type { StreamPort } from '../stream-port.ts';
import type { TcpStream } from './tcp-stream.ts';

/** Each read(2) of a socket that this process connects takes at most the n that its stream was asked for. */
export function readsOf(port: Pick<StreamPort, 'guard' | 'kernel'>, stream: TcpStream): OnReadOpts {
  const onRead = (bytes: Buffer): boolean => {
    let takesMore = false;
    port.guard(() => {
      takesMore = stream.onRead(bytes);
    });
    return takesMore;
  };
  const { onread, resized } = onreadOf({ size: () => stream.receiveSize, onRead }, port.kernel.setReadBuffer);
  stream.onResized(resized);
  return onread;
}
