import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  bandwidth,
  freeze,
  latency,
  limitData,
  oneway,
  resetPeer,
  slicer,
  slowClose,
  timeout,
  truncate,
} from '../../../server/faults/toxics.ts';
import type { Faults } from './proxied-connection.ts';
import { proxyTcp, type TcpProxy } from './tcp-proxy.ts';

/** One end of a TCP connection, and what became of it. */
class End {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  readonly arrivedAt: number[] = [];
  readonly #ended = Promise.withResolvers<'FIN' | 'RST'>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];
  received = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.chunks.push(bytes);
      this.arrivedAt.push(performance.now());
      this.received += bytes.length;
      for (const { count, resolve } of this.#waiting) if (this.received >= count) resolve();
    });
    socket.on('end', () => this.#ended.resolve('FIN'));
    socket.on('error', () => this.#ended.resolve('RST'));
    onTestFinished(() => void socket.destroy());
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
  /** How the peer's sending ended. */
  get ended(): Promise<'FIN' | 'RST'> {
    return this.#ended.promise;
  }
  has(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.received >= count) resolve();
    else this.#waiting.push({ count, resolve });
    return promise;
  }
}

/** A client, a server, and the proxy between them. */
async function open(faults: Faults, seed?: number): Promise<{ proxy: TcpProxy; client: End; server: End }> {
  const accepted = Promise.withResolvers<Socket>();
  const listener: Server = createServer({ allowHalfOpen: true }, (socket) => accepted.resolve(socket));
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listener.close());
  const proxy = await proxyTcp((listener.address() as { port: number }).port, seed === undefined ? {} : { seed });
  onTestFinished(() => proxy.close());
  proxy.faults = faults;
  const client = new End(connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true }));
  return { proxy, client, server: new End(await accepted.promise) };
}

test('without a fault it is a wire: bytes both ways, half-close, FIN', async () => {
  const { client, server } = await open({});
  client.socket.end(Buffer.alloc(300_000, 7));
  expect(await server.ended).toBe('FIN');
  expect(server.bytes).toEqual(Buffer.alloc(300_000, 7));
  server.socket.end('the rest');
  expect(await client.ended).toBe('FIN');
  expect(client.bytes.toString()).toBe('the rest');
});

test('latency: every byte and the FIN later, never out of order', async () => {
  const { client, server } = await open({ upstream: [latency(40, 30)] });
  const start = performance.now();
  for (let index = 0; index < 50; index += 1) client.socket.write(Buffer.of(index));
  client.socket.end();
  expect(await server.ended).toBe('FIN');
  expect([...server.bytes]).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect((server.arrivedAt[0] as number) - start).toBeGreaterThanOrEqual(9);
});

test('bandwidth: so many bytes per second at the most', async () => {
  const { client, server } = await open({ upstream: [bandwidth(100_000)] });
  const start = performance.now();
  client.socket.end(Buffer.alloc(20_000, 1));
  expect(await server.ended).toBe('FIN');
  expect(server.received).toBe(20_000);
  expect(performance.now() - start).toBeGreaterThanOrEqual(195);
});

test('slow_close: the bytes at once, the FIN later', async () => {
  const { client, server } = await open({ upstream: [slowClose(80)] });
  client.socket.end('bytes');
  await server.has(5);
  const start = performance.now();
  expect(await server.ended).toBe('FIN');
  expect(performance.now() - start).toBeGreaterThanOrEqual(70);
});

test('timeout: nothing gets through, then the connection is closed', async () => {
  const { client, server } = await open({ upstream: [timeout(50)] });
  client.socket.write('lost');
  expect(await Promise.all([server.ended, client.ended])).toEqual(['FIN', 'FIN']);
  expect(server.received).toBe(0);
});

test('reset_peer: nothing gets through, then both ends are reset', async () => {
  const { client, server } = await open({ upstream: [resetPeer(20)] });
  client.socket.write('lost');
  expect(await Promise.all([server.ended, client.ended])).toEqual(['RST', 'RST']);
  expect(server.received).toBe(0);
});

test('slicer: small slices, every byte', async () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => index & 255));
  const { client, server } = await open({ upstream: [slicer(20, 10, 2)] }, 7);
  client.socket.end(bytes);
  expect(await server.ended).toBe('FIN');
  expect(server.bytes).toEqual(bytes);
  expect(server.chunks.length).toBeGreaterThan(5);
});

test('limit_data: so many bytes, then FIN', async () => {
  const { client, server } = await open({ upstream: [limitData(1_000)] });
  client.socket.write(Buffer.alloc(5_000));
  expect(await Promise.all([server.ended, client.ended])).toEqual(['FIN', 'FIN']);
  expect(server.received).toBe(1_000);
});

test('truncate: no more than so many bytes, then RST', async () => {
  const { client, server } = await open({ upstream: [truncate(1_000)] });
  client.socket.write(Buffer.alloc(5_000));
  expect(await Promise.all([server.ended, client.ended])).toEqual(['RST', 'RST']);
  expect(server.received).toBeLessThanOrEqual(1_000);
});

test('oneway: one direction swallows, the other goes on', async () => {
  const { client, server } = await open({ upstream: [oneway()] });
  client.socket.write('lost');
  server.socket.end('arrives');
  expect(await client.ended).toBe('FIN');
  expect(client.bytes.toString()).toBe('arrives');
  expect(server.received).toBe(0);
});

test('freeze: what its owner has given up is delivered late, then reset', async () => {
  const { proxy, client, server } = await open({});
  client.socket.write('before');
  await server.has(6);
  proxy.strike({ upstream: [freeze(60)], downstream: [freeze(1_000_000)] });
  client.socket.write(' and after');
  client.socket.resetAndDestroy();
  const start = performance.now();
  await server.has(16);
  expect(performance.now() - start).toBeGreaterThanOrEqual(50);
  expect(server.bytes.toString()).toBe('before and after');
  expect(await server.ended).toBe('RST');
});

test('down: connections are reset, new ones too, until it is up again', async () => {
  const { proxy, client, server } = await open({});
  client.socket.write('hello');
  await server.has(5);
  proxy.isDown = true;
  expect(await Promise.all([server.ended, client.ended])).toEqual(['RST', 'RST']);
  const refused = new End(connect(proxy.port, '127.0.0.1'));
  expect(await refused.ended).toBe('RST');
  proxy.isDown = false;
  const again = new End(connect(proxy.port, '127.0.0.1'));
  await new Promise((resolve) => void again.socket.once('connect', resolve));
  again.socket.write('x');
  await expect.poll(() => proxy.connectionCount).toBe(1);
});
