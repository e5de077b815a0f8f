import { once } from 'node:events';
import { connect, type Socket, type TcpSocketConnectOpts } from 'node:net';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { ByteCount, Milliseconds, Port } from '../protocol/units.ts';
import type { Channel, ChannelHandlers } from './channel.ts';

export type DialOptions = {
  readonly to: { readonly host: string; readonly port: Port } | { readonly path: string };
  readonly family: 4 | 6 | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: Port | undefined;
  readonly connectTimeout: Milliseconds | undefined;
  readonly readSize: ByteCount | undefined;
};

/** Connects. @throws {Error} the system's, or ETIMEDOUT after `connectTimeout` */
export async function dialTcp(options: DialOptions): Promise<Channel> {
  const { to, family, localAddress, localPort, connectTimeout, readSize } = options;
  let handlers: ChannelHandlers | undefined;
  // Node reads 64 KiB at a time into memory of its own, unless it is given a buffer.
  const onread =
    readSize === undefined
      ? {}
      : {
          onread: {
            buffer: new Uint8Array(readSize),
            callback: (count: number, buffer: Uint8Array): boolean => {
              handlers?.onData(buffer.subarray(0, count));
              return true;
            },
          },
        };
  const local = { ...(localAddress !== undefined && { localAddress }), ...(localPort !== undefined && { localPort }) };
  const common = { allowHalfOpen: true, noDelay: true, ...onread };
  const socket = connect({ ...to, ...(family && { family }), ...local, ...common } as TcpSocketConnectOpts);
  if (connectTimeout !== undefined) {
    socket.setTimeout(connectTimeout, () => {
      const text = `no connection after ${connectTimeout} ms`;
      socket.destroy(Object.assign(new Error(text), { code: 'ETIMEDOUT' }));
    });
  }
  await once(socket, 'connect');
  socket.setTimeout(0);
  return channelOf(socket, 'path' in to ? 'unix' : 'tcp', (given) => {
    handlers = given;
    if (readSize === undefined) socket.on('data', given.onData);
  });
}

/** A socket that is connected, as a channel. `onStart`: how its reads come, where they do not come as `data`. */
export function channelOf(
  socket: Socket,
  kind: 'tcp' | 'unix' | 'accepted',
  onStart = (handlers: ChannelHandlers): void => void socket.on('data', handlers.onData),
): Channel {
  const { localAddress, localPort = 0, remoteAddress, remotePort = 0 } = socket;
  const endpoint = (host: string | undefined, port: Port): Endpoint | undefined =>
    host === undefined ? undefined : { host, port };
  return {
    kind,
    local: endpoint(localAddress, localPort),
    remote: endpoint(remoteAddress, remotePort),
    start: (handlers) => {
      onStart(handlers);
      socket.on('end', handlers.onEnd);
      socket.on('drain', handlers.onDrain);
      socket.on('error', handlers.onError);
      socket.on('close', handlers.onClose);
      socket.resume();
    },
    write: (bytes) => socket.write(Uint8Array.from(bytes)),
    pause: () => socket.pause(),
    resume: () => void socket.resume(),
    end: () => void socket.end(),
    close: () => socket.destroySoon(),
    reset: () => void socket.resetAndDestroy(),
  };
}
