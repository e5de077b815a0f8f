import { connectGateway } from '../client/streams/gateway.ts';
import type { Endpoint } from '../protocol/messages/fields.ts';
import type { Channel, ChannelHandlers } from './channel.ts';

/** A connection of the gateway's machine. @throws {Error} why it did not let us in, or could not connect */
export async function dialThroughGateway(url: string, token: string | undefined, to: Endpoint): Promise<Channel> {
  const gateway = await connectGateway(url, token === undefined ? {} : { token });
  const socket = gateway.connect(to);
  const info = await socket.opened.catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  const writer = socket.writable.getWriter();
  let handlers: ChannelHandlers | undefined;
  let resume: (() => void) | undefined;
  let isPaused: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    for await (const bytes of socket.readable as unknown as AsyncIterable<Uint8Array>) {
      handlers?.onData(bytes);
      await isPaused;
    }
    handlers?.onEnd();
  };
  const leave = async (tell: () => void): Promise<void> => {
    await gateway.close();
    tell();
  };
  return {
    kind: 'tcp',
    local: { host: info.localAddress, port: info.localPort },
    remote: { host: info.remoteAddress, port: info.remotePort },
    start: (given) => {
      handlers = given;
      // What ends it badly is told by `closed`.
      read().catch(() => undefined);
      socket.closed.then(
        () => leave(given.onClose),
        (error: Error) => leave(() => given.onError(error)),
      );
    },
    write: (bytes) => {
      writer.write(Uint8Array.from(bytes)).then(
        () => handlers?.onDrain(),
        () => undefined,
      );
      return false;
    },
    pause: () => {
      isPaused = new Promise((resolve) => {
        resume = resolve;
      });
    },
    resume: () => {
      isPaused = undefined;
      resume?.();
    },
    end: () => void writer.close().catch(() => undefined),
    close: () => void socket.close().catch(() => undefined),
    reset: () => socket.reset(),
  };
}
