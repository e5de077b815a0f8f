import { WebSocket } from 'ws';
import type { Port } from '../../protocol/units.ts';
import { startProgram } from '../child.ts';
import { type Adapter, type BenchStream, HIGH_WATER } from './adapter.ts';

/** node-websockify: a WebSocket for each connection, to the one target that its bridge was started for. */
export const websockify = createWebsockify('websockify', []);
/** With what its package does not bring: unmasking in C++. */
export const websockifyWithBufferutil = createWebsockify('websockify+bu', ['--bufferutil']);

function createWebsockify(name: string, flags: readonly string[]): Adapter {
  return {
    name,
    start: async (targets) => {
      const { pid, ready, stop } = await startProgram<{ ports: Record<Port, Port> }>('websockify.ts', [
        ...flags,
        ...targets.map(String),
      ]);
      return {
        pid,
        stop,
        connect: async () => {
          const sockets = new Set<WebSocket>();
          return {
            close: () => {
              for (const ws of sockets) ws.terminate();
            },
            open: async (port, onData) => {
              const ws = new WebSocket(`ws://127.0.0.1:${ready.ports[port]}/`, { perMessageDeflate: false });
              sockets.add(ws);
              ws.on('message', (bytes: Buffer) => onData(bytes));
              await new Promise((resolve, reject) => {
                ws.once('open', resolve);
                ws.once('error', reject);
              });
              return asStream(ws);
            },
          };
        },
      };
    },
  };
}

function asStream(ws: WebSocket): BenchStream {
  const wakes: (() => void)[] = [];
  return {
    write: (bytes) =>
      ws.send(bytes, () => {
        if (ws.bufferedAmount < HIGH_WATER) for (const wake of wakes.splice(0)) wake();
      }),
    writable: () =>
      new Promise((resolve) => {
        if (ws.bufferedAmount < HIGH_WATER) resolve();
        else wakes.push(resolve);
      }),
    pause: () => ws.pause(),
    close: () => ws.terminate(),
  };
}
