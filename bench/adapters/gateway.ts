import { GatewayClient } from '../../client/gateway-client.ts';
import type { ClientStream } from '../../client/stream.ts';
import { NODE_FLAGS } from '../../testing/node-flags.ts';
import { createWsDial, nodeClock } from '../../testing/ws-dial.ts';
import { startProgram } from '../child.ts';
import { type Adapter, type BenchSession, HIGH_WATER } from './adapter.ts';

/** This project's gateway, with the client that the page uses. */
export const gateway: Adapter = {
  name: 'gateway',
  start: async (ports) => {
    const { pid, ready, stop } = await startProgram<{ url: string }>('gateway.ts', ports.map(String), NODE_FLAGS);
    return { pid, stop, connect: () => connectSession(ready.url) };
  },
};

function connectSession(url: string): Promise<BenchSession> {
  return new Promise((resolve) => {
    const client = new GatewayClient({
      dial: createWsDial(url),
      clock: nodeClock,
      random: Math.random,
      schedule: queueMicrotask,
      onWelcome: () =>
        resolve({ open: (port, onData) => openStream(client, port, onData), close: () => client.leave() }),
      onPhase: () => undefined,
      onLatency: () => undefined,
      onStats: () => undefined,
    });
    client.start();
  });
}

function openStream(
  client: GatewayClient,
  port: number,
  onData: (bytes: Uint8Array) => void,
): ReturnType<BenchSession['open']> {
  return new Promise((resolve, reject) => {
    let isPaused = false;
    let wake: (() => void) | undefined;
    const stream: ClientStream = client.open(
      { kind: 'tcp', host: '127.0.0.1', port },
      {
        onOpened: () =>
          resolve({
            write: (bytes) => stream.send(bytes),
            writable: () =>
              new Promise((ready) => {
                if (stream.queuedBytes < HIGH_WATER) ready();
                else wake = ready;
              }),
            pause: () => {
              isPaused = true;
            },
            close: () => stream.reset(),
          }),
        onData: (_at, bytes) => {
          onData(bytes);
          if (!isPaused) stream.consume(bytes.length);
        },
        onProgress: () => {
          if (!wake || stream.queuedBytes >= HIGH_WATER) return;
          const ready = wake;
          wake = undefined;
          ready();
        },
        onReset: ({ code, text }) => reject(new Error(`${code} ${text}`)),
      },
    );
  });
}
