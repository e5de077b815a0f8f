import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { DATA_COST_MIN, WINDOW_BYTES } from '../../../protocol/credit.ts';
import { encodeFrame, FrameType, HEADER_BYTES, writeFrame } from '../../../protocol/frame.ts';
import { encodeU32 } from '../../../protocol/payloads.ts';
import { vacantPort } from '../../../protocol/testing/vacant-port.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { RunningPlayground, StartOptions } from '../../start-playground.ts';

const UNLIMITED = { bytesPerSecond: 1e9, bytesBurst: 1e9 };

async function open(overrides: Partial<StartOptions> = {}) {
  const server = await startTestPlayground(overrides);
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  return { server, raw };
}
function lab({ lab: { servers } }: RunningPlayground, name: string) {
  const found = servers.find((server) => server.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
async function answers(raw: RawGateway): Promise<void> {
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
}

test('a Unix socket that is reset ends its stream alone, and does not stop the server when its session ends', async () => {
  const { server, raw } = await open();
  const { path = '' } = lab(server, 'Raw echo');
  expect(existsSync(path) || path.startsWith('@')).toBe(true);
  for (const stream of [1, 3]) {
    raw.open(stream, { kind: 'unix', host: path, port: 0 });
    await raw.next(FrameType.OPENED, stream);
  }
  raw.send(FrameType.RST, 1);
  await raw.next(FrameType.CLOSED, 1);
  raw.send(FrameType.GOAWAY, 0, Buffer.from(JSON.stringify({ code: 'SESSION_GONE', text: '' })));
  await raw.closed;
  expect(server.gateway.socketCount).toBe(0);
});

test('a connection that is reset in the turn of its FIN has ended, and not badly', async () => {
  const { server, raw } = await open();
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: lab(server, 'Raw echo').port });
  await raw.next(FrameType.OPENED, 1);
  raw.ws.send(Buffer.concat([raw.encode(FrameType.FIN, 1), raw.encode(FrameType.RST, 1)]));
  const ended = [raw.next(FrameType.CLOSED, 1), raw.next(FrameType.RST, 1)];
  expect((await Promise.race(ended)).type).toBe(FrameType.CLOSED);
});

test.each(['listen', 'bound'] as const)(
  'a socket that is still becoming %s when its session ends does not stay',
  async (kind) => {
    const port = await vacantPort();
    const { server, raw } = await open({ listenPorts: { from: port, to: port } });
    raw.open(1, { kind, host: '127.0.0.1', port: 0, backlog: 1 });
    raw.send(FrameType.GOAWAY, 0, Buffer.from(JSON.stringify({ code: 'SESSION_GONE', text: '' })));
    await raw.closed;
    const { raw: next } = await RawGateway.enter(server.url);
    onTestFinished(() => next.cut());
    next.open(1, { kind: 'listen', host: '127.0.0.1', port: 0, backlog: 1 });
    const { local } = JSON.parse(Buffer.from((await next.next(FrameType.OPENED, 1)).payload).toString());
    expect(local.port).toBe(port); // the only one there is
  },
);

test('a datagram flood at a session that is away costs it its datagrams, not its sockets', async () => {
  const { server, raw } = await open();
  raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
  const { local } = JSON.parse(Buffer.from((await raw.next(FrameType.OPENED, 1)).payload).toString());
  raw.acknowledge();
  await answers(raw);
  const flooder = createSocket('udp4');
  onTestFinished(() => void flooder.close());
  raw.ws.pause(); // it reads nothing more, so it acknowledges nothing
  for (let sent = 0; sent < 20_000; sent += 1) {
    flooder.send('flood', local.port, '127.0.0.1');
    if (sent % 50 === 49) await new Promise((resolve) => setImmediate(resolve)); // the gateway has its turn
  }
  raw.ws.resume();
  await answers(raw);
  raw.acknowledge();
  const { dropped } = JSON.parse(Buffer.from((await raw.next(FrameType.PENDING, 1)).payload).toString());
  expect(dropped).toBeGreaterThan(1_000);
  expect(server.gateway.sessionCount).toBe(1);
});

test.each(['127.evil.example', '0x7f.0.0.1', ''])('binds no datagram socket to %j', async (host) => {
  const { raw } = await open();
  raw.open(1, { kind: 'udp', host, port: 0 });
  expect(await raw.resetCode(1)).toBe('HOST_INVALID');
});

test('a message of very many frames is answered, and what follows waits until it is paid for', async () => {
  const { raw } = await open({ limits: { framesPerSecond: 2_000, framesBurst: 4_000 } });
  const ping = encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() });
  const many = new Uint8Array(5_000 * HEADER_BYTES);
  for (let index = 0; index < 5_000; index += 1) many.set(ping, index * HEADER_BYTES);
  const start = performance.now();
  raw.ws.send(many);
  raw.send(FrameType.PING, 0, encodeU32(77));
  for (;;) {
    const { payload } = await raw.next(FrameType.PONG);
    if (payload.length === 4) break;
  }
  expect(performance.now() - start).toBeGreaterThan(400);
});

test.each<[string, (raw: RawGateway) => void]>([
  ['pong frames of WebSocket', (raw) => raw.ws.pong()],
  ['PING', (raw) => raw.send(FrameType.PING, 0)],
  [
    'the same ACK',
    (raw) => {
      for (let i = 0; i < 8; i += 1) raw.send(FrameType.ACK, 0, encodeU32(raw.received));
    },
  ],
  ['OPEN that is refused', (raw) => raw.open(1 + 2 * raw.sentSeq, { kind: 'tcp', host: '192.0.2.1', port: 80 })],
])('too fast for too long with %s: closed, with the reason', async (_what, flood) => {
  // Frames alone: with the processor time that a refused OPEN costs one would be too slow to be too fast.
  const work = { workPerSecond: 1e6, workBurst: 1e6 };
  const { raw } = await open({ limits: { penaltyLimit: 600, framesPerSecond: 200, framesBurst: 400, ...work } });
  const timer = setInterval(() => {
    for (let index = 0; index < 100 && raw.ws.bufferedAmount < 100_000; index += 1) flood(raw);
  }, 5);
  onTestFinished(() => clearInterval(timer));
  expect(await raw.closed).toEqual({ code: 1_008, reason: 'FRAME_RATE_EXCEEDED' });
});

test('frames for a socket that has ended do no harm, and a call on it is answered', async () => {
  const { server, raw } = await open();
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: lab(server, 'Daytime').port });
  await raw.next(FrameType.FIN, 1);
  raw.send(FrameType.CLOSE, 1);
  await raw.next(FrameType.CLOSED, 1);
  raw.send(FrameType.DATA, 1, Uint8Array.of(1));
  raw.send(FrameType.CREDIT, 1, encodeU32(1));
  raw.send(FrameType.RST, 1);
  raw.send(FrameType.CALL, 1, Buffer.from(JSON.stringify({ id: 9, call: 'getsockopt' })));
  expect(JSON.parse(Buffer.from((await raw.next(FrameType.RESULT)).payload).toString())).toMatchObject({
    id: 9,
    code: 'SOCKET_CLOSED',
  });
});

test('sending more than the window ends the session', async () => {
  const { server, raw } = await open({ limits: UNLIMITED });
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: lab(server, 'Timestamp echo').port });
  await raw.next(FrameType.OPENED, 1);
  for (let sent = 0; sent < 1_000; sent += 1) raw.send(FrameType.DATA, 1, new Uint8Array(16_384));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'CREDIT_OVERDRAFT' });
  expect(server.gateway.sessionCount).toBe(0);
  expect(server.gateway.socketCount).toBe(0);
});

test('short sends that wait count for what they hold: more than a window of them ends the session', async () => {
  const { raw } = await open({
    mode: 'allow-list',
    allow: ['slow.test:*'],
    lookup: () => new Promise(() => undefined),
    limits: { ...UNLIMITED, framesPerSecond: 1e6, framesBurst: 1e6 },
  });
  raw.open(1, { kind: 'tcp', host: 'slow.test', port: 80 });
  for (let sent = 0; sent <= WINDOW_BYTES / DATA_COST_MIN; sent += 1) raw.send(FrameType.DATA, 1, Uint8Array.of(1));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'CREDIT_OVERDRAFT' });
});

test.each([
  ['an empty DATA', FrameType.DATA, 0],
  ['a PING of 126 bytes', FrameType.PING, 126],
  ['a PONG of 126 bytes', FrameType.PONG, 126],
] as const)('%s ends the session', async (_what, type, length) => {
  const { raw } = await open();
  raw.send(type, 1, new Uint8Array(length));
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'FRAME_INVALID' });
});

test('one bad frame among good ones ends that session, and no other', async () => {
  const { server, raw } = await open();
  const { raw: other } = await RawGateway.enter(server.url);
  onTestFinished(() => other.cut());
  const frame = { type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() };
  const message = new Uint8Array(2 * HEADER_BYTES);
  writeFrame(message, 0, frame);
  writeFrame(message, HEADER_BYTES, frame);
  message[HEADER_BYTES] = 0xff;
  raw.ws.send(message);
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'FRAME_INVALID' });
  await answers(other);
});

test('very many pings of WebSocket end it', async () => {
  const { raw } = await open();
  for (let index = 0; index < 5_000; index += 1) raw.ws.ping();
  await raw.closed;
});

test('the server stops although somebody does not answer its close', async () => {
  const server = await startTestPlayground();
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.ws.pause();
  const start = performance.now();
  await server.close();
  expect(performance.now() - start).toBeLessThan(3_000);
});
