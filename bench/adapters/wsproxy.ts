import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startProgram } from '../child.ts';
import { type Adapter, HIGH_WATER } from './adapter.ts';

const SETTLE = 100;

/** wisp-js as a wsproxy: the target in the URL, a WebSocket for each connection, as websockify and its kin do it. */
export const wsproxy: Adapter = {
  name: 'wsproxy',
  start: async () => {
    const { pid, ready: bridge, stop } = await startProgram<{ url: string }>('wisp.ts');
    return {
      pid,
      stop,
      connect: async () => {
        const sockets = new Set<WebSocket>();
        return {
          close: () => {
            for (const ws of sockets) ws.terminate();
          },
          open: (port, onData) =>
            new Promise((resolve, reject) => {
              const ws = new WebSocket(`${bridge.url}127.0.0.1:${port}`, { perMessageDeflate: false });
              sockets.add(ws);
              ws.once('error', reject);
              ws.on('message', (bytes: Buffer) => onData(bytes));
              // It drops what comes before its own connection is up, and does not say when that is.
              const ready = async (): Promise<void> => {
                await setTimeout(SETTLE);
                resolve({
                  write: (bytes) => ws.send(bytes),
                  writable: async () => {
                    while (ws.bufferedAmount >= HIGH_WATER) await new Promise((turn) => setImmediate(turn));
                  },
                  pause: () => ws.pause(),
                  close: () => ws.terminate(),
                });
              };
              ws.once('open', () => void ready());
            }),
        };
      },
    };
  },
};
