import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

const MESSAGE = 60_000;
/** More than the kernel's two buffers of a connection on loopback take. */
const MESSAGES = 270;

/** A binary message of RFC 6455 §5.2, masked with zeros. */
function wrapped(payload: Uint8Array): Buffer {
  const head = Buffer.from([0x82, 0xfe, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
/** A WebSocket by hand: it answers nothing, not even a close frame. */
async function dialByHand(url: string): Promise<Duplex> {
  const { promise, resolve } = Promise.withResolvers<Duplex>();
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    Origin: new URL(url).origin,
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const asked = request(`${url}gateway`, { headers });
  asked.on('upgrade', (_response, socket: Socket) => resolve(socket));
  asked.end();
  const socket = await promise;
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}
async function open(...args: Parameters<typeof startTestPlayground>) {
  const server = await startTestPlayground(...args);
  onTestFinished(() => server.close());
  return server;
}

test('who was refused is read no more, and is gone soon although it answers nothing', async () => {
  const { url } = await open();
  const socket = await dialByHand(url);
  socket.resume();
  const start = performance.now();
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  socket.write(wrapped(Uint8Array.of(0xff)));
  await new Promise<void>((resolve) => void socket.once('data', () => resolve())); // GOAWAY
  const more = Buffer.concat(Array.from({ length: MESSAGES }, () => wrapped(new Uint8Array(MESSAGE))));
  const error = await new Promise<Error | null | undefined>((resolve) => void socket.write(more, resolve));
  await closed;
  expect(error).toBeTruthy(); // it has not all been taken
  expect(performance.now() - start).toBeLessThan(4_000);
});

test('a first message of very many frames is refused by its first', async () => {
  const { url } = await open();
  const raw = new RawGateway(url);
  await raw.opened();
  const hello = raw.encode(FrameType.HELLO, 0, Buffer.from('{"version":1}'));
  raw.ws.send(Buffer.concat([hello, hello]));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'FRAME_INVALID' });
});

test.each<[string, (raw: RawGateway) => void]>([
  ['DATA of 32,769 bytes', (raw) => raw.send(FrameType.DATA, 1, new Uint8Array(32_769))],
  ['a second HELLO', (raw) => raw.hello()],
  ['FIN with a payload', (raw) => raw.send(FrameType.FIN, 1, Uint8Array.of(1))],
  ['RST with a payload', (raw) => raw.send(FrameType.RST, 1, Uint8Array.of(1))],
  ['CLOSE with a payload', (raw) => raw.send(FrameType.CLOSE, 1, Uint8Array.of(1))],
  ['ACCEPT with a payload', (raw) => raw.send(FrameType.ACCEPT, 3, Uint8Array.of(1))],
  ['a type that only the gateway sends', (raw) => raw.send(FrameType.OPENED, 1)],
])('%s is FRAME_INVALID', async (_what, send) => {
  const { raw } = await enter();
  send(raw);
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'FRAME_INVALID' });
});

test('an ACK of five bytes is MESSAGE_INVALID', async () => {
  const { raw } = await enter();
  raw.send(FrameType.ACK, 0, new Uint8Array(5));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'MESSAGE_INVALID' });
});

test('DATA after FIN is STREAM_INVALID', async () => {
  const { raw } = await enter();
  raw.send(FrameType.FIN, 1);
  raw.send(FrameType.DATA, 1, Uint8Array.of(1));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'STREAM_INVALID' });
});

test('CREDIT on a bound socket ends nothing', async () => {
  const { raw } = await enter();
  raw.open(5, { kind: 'bound', host: '127.0.0.1', port: 0 });
  await raw.next(FrameType.OPENED, 5);
  raw.send(FrameType.CREDIT, 5, new Uint8Array(4));
  raw.send(FrameType.CLOSE, 5);
  await raw.next(FrameType.CLOSED, 5);
});

test('of the subprotocols that a WebSocket offers none is chosen', async () => {
  const { url } = await open();
  const socket = await new Promise<string>((resolve) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      Origin: new URL(url).origin,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Protocol': 'chat, mqtt',
    };
    const asked = request(`${url}gateway`, { headers });
    asked.on('upgrade', (response, socket: Socket) => {
      socket.destroy();
      resolve(response.headers['sec-websocket-protocol'] ?? 'none');
    });
    asked.end();
  });
  expect(socket).toBe('none');
});

test('messages that wait for their turn are counted once', async () => {
  const { server, raw } = await enter();
  const { messagesUp, bytesUp } = server.gateway.traffic;
  for (let sent = 0; sent < 3_000; sent += 1) raw.send(FrameType.PING, 0);
  for (let answered = 0; answered < 3_000; answered += 1) await raw.next(FrameType.PONG);
  expect(server.gateway.traffic.messagesUp - messagesUp).toBe(3_000);
  expect(server.gateway.traffic.bytesUp - bytesUp).toBe(3_000 * HEADER_BYTES);
});

/** In, with a connection on stream 1 and a listener on stream 3. */
async function enter() {
  const server = await open();
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const port = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port });
  raw.open(3, { kind: 'listen', host: '127.0.0.1', port: 0 });
  await raw.next(FrameType.OPENED, 1);
  await raw.next(FrameType.OPENED, 3);
  return { server, raw };
}
