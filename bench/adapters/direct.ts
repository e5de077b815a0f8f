import { connect } from 'node:net';
import { type Adapter, HIGH_WATER } from './adapter.ts';

/** No bridge: a bare net.connect. */
export const direct: Adapter = {
  name: 'net.connect',
  start: async () => ({
    pid: undefined,
    stop: async () => undefined,
    connect: async () => {
      const sockets = new Set<ReturnType<typeof connect>>();
      return {
        close: () => {
          for (const socket of sockets) socket.destroy();
        },
        open: (port, onData) =>
          new Promise((resolve, reject) => {
            const socket = connect({ port, host: '127.0.0.1', noDelay: true });
            sockets.add(socket);
            socket.once('error', reject);
            socket.on('data', onData);
            socket.once('connect', () =>
              resolve({
                write: (bytes) => void socket.write(bytes),
                writable: () =>
                  new Promise((ready) => {
                    if (socket.writableLength < HIGH_WATER) ready();
                    else socket.once('drain', ready);
                  }),
                pause: () => void socket.pause(),
                close: () => void socket.destroy(),
              }),
            );
          }),
      };
    },
  }),
};
