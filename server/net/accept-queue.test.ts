import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { POISON } from '../../protocol/message-pool.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Receive } from '../shared/receive.ts';
import type { AcceptedForReceive, AcceptQueue, AcceptQueues } from './accept-queue.ts';
import { createEmulatedAcceptQueues } from './emulated-accept-queue.ts';
import { libc } from './ffi/libc.ts';
import { createKernelAcceptQueues } from './kernel-accept-queue.ts';

const directory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'accept-queue-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};

const ENDPOINTS: readonly (readonly [string, () => Endpoint])[] = [
  ['IPv4', () => ({ host: '127.0.0.1', port: 0 })],
  ['IPv6', () => ({ host: '::1', port: 0 })],
  ['Unix', () => ({ host: join(directory(), 'socket'), port: 0 })],
];
const IMPLEMENTATIONS: readonly (readonly [string, () => AcceptQueues])[] = [
  ...(libc ? [['kernel', () => createKernelAcceptQueues(libc as NonNullable<typeof libc>)] as const] : []),
  ['emulated', createEmulatedAcceptQueues],
];

async function listen(queues: AcceptQueues, at: Endpoint, backlog = 5): Promise<AcceptQueue> {
  const queue = await queues.listen(at, backlog);
  onTestFinished(() => queue.close());
  return queue;
}

/** A client whose connection is established. */
async function connect(queue: AcceptQueue): Promise<net.Socket> {
  const { host, port } = queue.endpoint;
  const socket = net.connect({ ...(port === 0 ? { path: host } : { host, port }), allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Resolves when as many wait. */
async function waiting(queue: AcceptQueue, count: number): Promise<void> {
  await vi.waitFor(() => expect(queue.pending().waiting).toBe(count), { interval: 5, timeout: 4_000 });
}

function acceptReading(queue: AcceptQueue, receive: Receive): AcceptedForReceive {
  const accepted = queue.accept(receive);
  if (!accepted) throw new Error('nobody waits');
  onTestFinished(() => void accepted.socket.destroy());
  return accepted;
}

describe.each(IMPLEMENTATIONS)('%s accept queue', (kind, create) => {
  describe.each(ENDPOINTS)('on %s', (_, at) => {
    test('counts those who wait and hands them out in order', async () => {
      const queues = create();
      const queue = await listen(queues, at());
      expect(queue.kind).toBe(kind);
      expect(queue.pending()).toEqual({ waiting: 0, max: 5 });
      expect(queue.accept()).toBeUndefined();
      const clients = [await connect(queue), await connect(queue)];
      await waiting(queue, 2);
      for (const [index, client] of clients.entries()) {
        const accepted = queue.accept();
        onTestFinished(() => void accepted?.socket.destroy());
        accepted?.socket.end(`number ${index}`);
        const [bytes] = (await once(client, 'data')) as [Buffer];
        expect(bytes.toString()).toBe(`number ${index}`);
        if (queue.endpoint.port !== 0) {
          expect(accepted?.remote).toEqual({ host: client.localAddress, port: client.localPort });
          expect(accepted?.local).toEqual(queue.endpoint);
        }
      }
      expect(queue.pending().waiting).toBe(0);
    });

    test('tells that somebody waits, at once when kicked', async () => {
      const queues = create();
      const queue = await listen(queues, at());
      const seen: number[] = [];
      queue.onReady(() => seen.push(queue.pending().waiting));
      await connect(queue);
      queues.kick();
      await vi.waitFor(() => expect(seen).toEqual([1]), { interval: 1, timeout: 4_000 });
    });

    test('gives each recv(n) its own size, and waits between them', async () => {
      const queue = await listen(create(), at());
      const client = await connect(queue);
      client.write('hello python');
      await waiting(queue, 1);
      const reads: string[] = [];
      let size = 5;
      const { receiver } = acceptReading(queue, {
        size: () => size,
        onRead: (bytes) => {
          reads.push(bytes.toString());
          size = 4;
          return reads.length !== 1;
        },
      });
      expect(reads).toEqual([]);
      receiver.resume();
      await vi.waitFor(() => expect(reads).toEqual(['hello']), { interval: 1, timeout: 4_000 });
      receiver.resume();
      await vi.waitFor(() => expect(reads).toEqual(['hello', ' pyt', 'hon']), { interval: 1, timeout: 4_000 });
    });

    test('lends the bytes of a recv(n) for the call alone: who keeps them reads what overwrote them', async () => {
      const queue = await listen(create(), at());
      const client = await connect(queue);
      client.write('hello');
      await waiting(queue, 1);
      const late: Buffer[] = [];
      const { receiver } = acceptReading(queue, { size: () => 5, onRead: (bytes) => late.push(bytes) > 0 });
      receiver.resume();
      await vi.waitFor(() => expect(late).toHaveLength(1), { interval: 1, timeout: 4_000 });
      expect(late[0]).toEqual(Buffer.alloc(5, POISON));
    });

    test('gives a recv(n) that already waits another n', async () => {
      const queue = await listen(create(), at());
      const client = await connect(queue);
      await waiting(queue, 1);
      const reads: string[] = [];
      let size = 1_024;
      const { receiver } = acceptReading(queue, {
        size: () => size,
        onRead: (bytes) => reads.push(bytes.toString()) > 0,
      });
      receiver.resume();
      client.write('first');
      await vi.waitFor(() => expect(reads).toEqual(['first']), { interval: 1, timeout: 4_000 });
      size = 3;
      receiver.resized();
      client.write('second');
      await vi.waitFor(() => expect(reads).toEqual(['first', 'sec', 'ond']), { interval: 1, timeout: 4_000 });
    });

    test('honours half-close both ways', async () => {
      const queue = await listen(create(), at());
      const client = await connect(queue);
      client.end('last words');
      await waiting(queue, 1);
      const reads: string[] = [];
      const { socket, receiver } = acceptReading(queue, {
        size: () => 64,
        onRead: (bytes) => reads.push(bytes.toString()) > 0,
      });
      const end = once(socket, 'end');
      receiver.resume();
      await end;
      expect(reads).toEqual(['last words']);
      const answer = once(client, 'data');
      socket.end('heard');
      expect(String((await answer)[0])).toBe('heard');
    });

    test('refuses an address in use, by name', async () => {
      const queues = create();
      const queue = await listen(queues, at());
      await expect(queues.listen(queue.endpoint, 5)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });

    test('ends those who wait when it closes', async () => {
      const queue = await listen(create(), at());
      const client = await connect(queue);
      await waiting(queue, 1);
      const { promise: how, resolve } = Promise.withResolvers<string | undefined>();
      client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      client.resume().on('end', () => resolve('FIN'));
      await queue.close();
      // Only a Unix socket that is emulated has no reset to give.
      expect(await how).toBe(kind === 'emulated' && queue.endpoint.port === 0 ? 'FIN' : 'ECONNRESET');
      expect(queue.accept()).toBeUndefined();
      expect(queue.pending().waiting).toBe(0);
      await queue.close();
    });
  });

  test('binds without listening: connecting is refused, listening makes it a server', async () => {
    const queues = create();
    const bound = await queues.bind({ host: '127.0.0.1', port: 0 });
    expect(bound.endpoint.port).toBeGreaterThan(0);
    const refused = net.connect(bound.endpoint);
    const [error] = await once(refused, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    const queue = await bound.listen(1);
    onTestFinished(() => queue.close());
    await connect(queue);
    await waiting(queue, 1);
  });

  test('connects from a bound address', async () => {
    const queues = create();
    const queue = await listen(queues, { host: '127.0.0.1', port: 0 });
    const bound = await queues.bind({ host: '127.0.0.1', port: 0 });
    const { socket, local } = await bound.connect(queue.endpoint);
    onTestFinished(() => void socket.destroy());
    expect(local).toEqual(bound.endpoint);
    await waiting(queue, 1);
    const accepted = queue.accept();
    accepted?.socket.destroy();
    expect(accepted?.remote).toEqual(bound.endpoint);
  });

  test('frees the address of a bound socket that is closed', async () => {
    const queues = create();
    const bound = await queues.bind({ host: '127.0.0.1', port: 0 });
    await bound.close();
    const queue = await listen(queues, bound.endpoint);
    expect(queue.endpoint).toEqual(bound.endpoint);
  });

  test.each([
    [{ host: '192.0.2.1', port: 0 }, 'EADDRNOTAVAIL'],
    [{ host: 'localhost', port: 0 }, 'EINVAL'],
    [{ host: '127.1', port: 0 }, 'EINVAL'],
    [{ host: '/no/such/directory/socket', port: 0 }, kind === 'kernel' ? 'ENOENT' : /^(ENOENT|EACCES)$/],
  ])('answers %j with the errno by name', async (at, code) => {
    await expect(create().listen(at, 5)).rejects.toMatchObject({
      code: typeof code === 'string' ? code : expect.stringMatching(code),
    });
  });
});
