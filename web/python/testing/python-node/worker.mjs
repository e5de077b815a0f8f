/** The worker of a Python process, run by Node: what pyodide-worker.ts finds in a browser's worker is put there first. */
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

// JSPI is behind a flag in Node 24; the engine looks at it when WebAssembly is first touched.
setFlagsFromString('--experimental-wasm-jspi');

const { origin, snapshot } = workerData;

class PageWebSocket extends WebSocket {
  constructor(url) {
    super(url, { origin, perMessageDeflate: false });
    this.on('error', () => undefined); // `close` follows
  }
}

/** One message for each turn of the event loop, as in a browser; Node hands on up to a thousand. */
class TurnChannel {
  port1 = { onmessage: null };
  port2 = { postMessage: (data) => void setImmediate(() => this.port1.onmessage?.({ data })) };
}

Object.assign(globalThis, {
  MessageChannel: TurnChannel,
  WebSocket: PageWebSocket,
  fetch: async () => ({ arrayBuffer: async () => new Uint8Array(await readFile(snapshot)).buffer }),
  addEventListener: () => undefined,
  onmessage: null,
});
globalThis.postMessage = (message) => parentPort.postMessage(message);

await import('../../pyodide-worker.ts');
parentPort.on('message', (data) => globalThis.onmessage({ data }));
