import type { OnReadOpts } from 'node:net';
import { onreadOf } from '../../../shared/receive.ts';
import type { Kernel } from '../environment.ts';
import type { StreamHost } from '../stream-host.ts';
import type { TcpStream } from './tcp-stream.ts';

/** Each read(2) of a socket that this process connects takes at most the n that its stream was asked for. */
export function readsOf(
  kernel: Pick<Kernel, 'setReadBuffer'>,
  host: Pick<StreamHost, 'guard'>,
  stream: TcpStream,
): OnReadOpts {
  const onRead = (bytes: Buffer): boolean => {
    let takesMore = false;
    host.guard(() => {
      takesMore = stream.onRead(bytes);
    });
    return takesMore;
  };
  const { onread, resized } = onreadOf({ size: () => stream.receiveSize, onRead }, kernel.setReadBuffer);
  stream.settings.onResized(resized);
  return onread;
}
