import { WebSocket } from 'ws';
import { startProgram } from '../child.ts';
import { type Adapter, type BenchSession, HIGH_WATER } from './adapter.ts';

const CONNECT = 1;
const DATA = 2;
const CONTINUE = 3;
const CLOSE = 4;
const HEADER = 5;
const TCP = 1;

type Stream = {
  buffer: number;
  readonly queue: Uint8Array[];
  queued: number;
  wake: (() => void) | undefined;
  onData: (bytes: Uint8Array) => void;
};

/** wisp-js: many streams over one WebSocket (Wisp 1.2, https://github.com/MercuryWorkshop/wisp-protocol). */
export const wisp: Adapter = {
  name: 'wisp-js',
  start: async () => {
    const { pid, ready, stop } = await startProgram<{ url: string }>('wisp.ts');
    return { pid, stop, connect: () => connectSession(ready.url) };
  },
};

function packet(type: number, stream: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER + payload.length);
  bytes[0] = type;
  bytes.writeUInt32LE(stream, 1);
  bytes.set(payload, HEADER);
  return bytes;
}

function connectSession(url: string): Promise<BenchSession> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { perMessageDeflate: false });
    const streams = new Map<number, Stream>();
    let window = 0;
    let next = 1;
    const drain = (id: number, stream: Stream): void => {
      while (stream.buffer > 0 && stream.queue.length > 0) {
        const bytes = stream.queue.shift() as Uint8Array;
        stream.buffer -= 1;
        stream.queued -= bytes.length;
        ws.send(packet(DATA, id, bytes), () => wake(stream)); // the last CONTINUE may have come before it has left
      }
      wake(stream);
    };
    const wake = (stream: Stream): void => {
      if (stream.queued + ws.bufferedAmount < HIGH_WATER) stream.wake?.();
    };
    ws.once('error', reject);
    ws.on('message', (message: Buffer) => {
      const id = message.readUInt32LE(1);
      const stream = streams.get(id);
      if (message[0] === DATA) stream?.onData(message.subarray(HEADER));
      else if (message[0] === CONTINUE && stream) {
        stream.buffer = message.readUInt32LE(HEADER);
        drain(id, stream);
      } else if (message[0] === CONTINUE && id === 0) {
        window = message.readUInt32LE(HEADER);
        resolve({
          close: () => ws.terminate(),
          open: async (port, onData) => {
            const own = next;
            next += 1;
            const stream: Stream = { buffer: window, queue: [], queued: 0, wake: undefined, onData };
            streams.set(own, stream);
            const head = Buffer.from([TCP, port & 255, port >> 8]);
            ws.send(packet(CONNECT, own, Buffer.concat([head, Buffer.from('127.0.0.1')])));
            return {
              write: (bytes) => {
                stream.queue.push(bytes);
                stream.queued += bytes.length;
                drain(own, stream);
              },
              writable: () =>
                new Promise((ready) => {
                  if (stream.queued + ws.bufferedAmount < HIGH_WATER) ready();
                  else stream.wake = ready;
                }),
              pause: () => ws.pause(), // the protocol has no backpressure towards the browser but this
              close: () => ws.send(packet(CLOSE, own, Uint8Array.of(2))),
            };
          },
        });
      }
    });
  });
}
