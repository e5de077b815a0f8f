import { createHash, randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { vacantPort } from '../../protocol/testing/vacant-port.ts';
// Loaded here, so that its time is not the first test's.
import '../../server/start-playground.ts';
import { type PlaygroundOptions, startPlayground } from '../../testing/kit/packaged-playground.ts';
import { connectTcp } from '../../testing/kit/tcp/connect-tcp.ts';
import { encodeRecording } from '../../trace/export/encode-recording.ts';
import { parseRecording } from '../../trace/export/recording-json.ts';
import { directSockets } from './direct-sockets.ts';
import { connectGateway } from './gateway.ts';

async function enter(options: PlaygroundOptions = {}) {
  const playground = await startPlayground(options);
  onTestFinished(() => playground.close());
  const gateway = await connectGateway(playground.url, options.token === undefined ? {} : { token: options.token });
  onTestFinished(() => gateway.close());
  return { playground, gateway };
}
async function textOf(readable: ReadableStream<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readable) parts.push(part);
  return Buffer.concat(parts).toString();
}
async function write(writable: WritableStream<Uint8Array>, ...parts: readonly string[]): Promise<void> {
  const writer = writable.getWriter();
  for (const part of parts) await writer.write(Buffer.from(part));
  await writer.close();
}

test('a connection: written to at once, half-closed by closing its writer, closed when both ends are', async () => {
  const { playground, gateway } = await enter();
  const to = playground.lab('Raw echo');
  const socket = gateway.connect(to);
  await write(socket.writable, 'hello ', 'world');
  expect(await socket.opened).toMatchObject({ remoteAddress: to.host, remotePort: to.port, localAddress: '127.0.0.1' });
  expect(await textOf(socket.readable)).toBe('hello world');
  await socket.close();
  const [recorded] = parseRecording(encodeRecording(gateway.recording())).sockets;
  expect(recorded?.events.filter(({ end }) => end === 'local').map(({ call }) => call)).toContain('shutdown');
  expect(Buffer.from(recorded?.received.slice(0, 99) ?? []).toString()).toBe('hello world');
});

test('what is refused rejects both promises, and its readable, with the code', async () => {
  const { gateway } = await enter();
  const socket = gateway.connect({ host: '127.0.0.1', port: await vacantPort() });
  await expect(socket.opened).rejects.toMatchObject({ code: expect.stringMatching(/ECONNREFUSED|TARGET_FORBIDDEN/) });
  await expect(socket.closed).rejects.toMatchObject({ code: expect.any(String) });
  await expect(textOf(socket.readable)).rejects.toMatchObject({ code: expect.any(String) });
});

test('back-pressure: whoever does not read holds the sender, and nothing is lost', async () => {
  const { playground, gateway } = await enter({ limits: { bytesPerSecond: 1e9, bytesBurst: 1e9 } });
  const socket = gateway.connect(playground.lab('Raw echo'));
  const bytes = randomBytes(8_388_608);
  const stream = Duplex.fromWeb({ readable: socket.readable, writable: socket.writable } as Parameters<
    typeof Duplex.fromWeb
  >[0]);
  stream.end(bytes);
  const hash = createHash('sha256');
  let count = 0;
  for await (const part of stream) {
    hash.update(part);
    count += part.length;
  }
  expect([count, hash.digest('hex')]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')]);
});

test('a listener’s connections are taken one by one', async () => {
  const { gateway } = await enter();
  const listener = await gateway.listen();
  const [one, two] = [await connectTcp(listener.local.port), await connectTcp(listener.local.port)];
  onTestFinished(() => [one, two].forEach((client) => void client.destroy()));
  const answered: number[] = [];
  for await (const socket of listener.connections) {
    answered.push((await socket.opened).remotePort);
    await write(socket.writable, `hello ${answered.length}`);
    if (answered.length === 2) break;
  }
  expect(answered).toEqual([one.local.port, two.local.port]);
  await one.expectBytes('hello 1');
  await two.expectBytes('hello 2');
  await listener.close();
});

test('datagrams, with where they come from', async () => {
  const { gateway, playground } = await enter();
  const socket = await gateway.bind();
  const writer = socket.writable.getWriter();
  await writer.write({ ...playground.lab('Datagram echo'), bytes: Buffer.from('ping') });
  const { value } = await socket.readable.getReader().read();
  expect(Buffer.from(value?.bytes ?? []).toString()).toContain("b'ping'");
  expect(value?.port).toBe(playground.lab('Datagram echo').port);
  await socket.close();
});

test('a wrong token, and nobody at all, is told', async () => {
  const { playground } = await enter({ token: 'right' });
  await expect(connectGateway(playground.url, { token: 'wrong' })).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  await expect(connectGateway(playground.url, { origin: 'http://elsewhere.test' })).rejects.toThrow();
  await expect(connectGateway(playground.url, { signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow(
    'no more',
  );
});

test('a program that was written for Direct Sockets', async () => {
  const { playground, gateway } = await enter();
  const { TCPSocket, TCPServerSocket, UDPSocket } = directSockets(gateway);
  const to = playground.lab('Raw echo');
  const socket = new TCPSocket(to.host, to.port);
  const { readable, writable, remotePort } = await socket.opened;
  expect(remotePort).toBe(to.port);
  await write(writable, 'direct');
  expect(await textOf(readable)).toBe('direct');
  await socket.close();

  const server = new TCPServerSocket('127.0.0.1');
  const { localPort, readable: connections } = await server.opened;
  const client = await connectTcp(localPort);
  onTestFinished(() => client.destroy());
  const { value: accepted } = await connections.getReader().read();
  await write((await accepted?.opened)?.writable as WritableStream<Uint8Array>, 'welcome');
  await client.expectBytes('welcome');
  await server.close();

  const echo = playground.lab('Datagram echo');
  const udp = new UDPSocket({ remoteAddress: echo.host, remotePort: echo.port });
  const datagrams = await udp.opened;
  await datagrams.writable.getWriter().write({ data: Buffer.from('u') });
  const { value: message } = await datagrams.readable.getReader().read();
  expect(Buffer.from(message?.data ?? []).toString()).toContain("b'u'");
  await udp.close();
});
