import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import * as net from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createKernelAcceptQueues } from './kernel-accept-queue.ts';
import { type Libc, libc } from './libc.ts';
import { getSocketOptions } from './socket-options.ts';

const BACKLOG = 5;
/** Linux holds one more than the backlog: the queue is full when it is longer, not when it is as long (tcp(7), sk_acceptq_is_full). */
const HELD = BACKLOG + 1;

describe.skipIf(!libc)("the kernel's own accept queue", () => {
  const queues = () => createKernelAcceptQueues(libc as Libc);

  async function startClients(count: number) {
    const queue = await queues().listen({ host: '127.0.0.1', port: 0 }, BACKLOG);
    onTestFinished(() => queue.close());
    const clients: net.Socket[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = net.connect(queue.endpoint);
      client.on('error', () => undefined);
      onTestFinished(() => void client.destroy());
      clients.push(client);
      if (index < HELD) await once(client, 'connect');
    }
    return { queue, clients };
  }

  test('listen(5) holds 6, and whoever comes later hangs in SYN-SENT until one is taken', async () => {
    const { queue, clients } = await startClients(HELD + 1);
    expect(queue.pending()).toEqual({ waiting: HELD, max: BACKLOG });
    const late = clients.at(-1) as net.Socket;
    expect(late.connecting).toBe(true);
    const connected = once(late, 'connect');
    queue.accept()?.socket.destroy();
    // Its kernel tries again after a second: that is the hang that one sees.
    await connected;
    expect(queue.pending()).toEqual({ waiting: HELD, max: BACKLOG });
  });

  test('a queued client is ESTABLISHED and may send; its bytes are there when it is taken', async () => {
    const { queue, clients } = await startClients(2);
    clients[1]?.write('already sent');
    queue.accept()?.socket.destroy();
    const second = queue.accept();
    onTestFinished(() => void second?.socket.destroy());
    const [bytes] = (await once(second?.socket.resume() as net.Socket, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('already sent');
  });

  test('closing the listener resets those who wait', async () => {
    const { queue, clients } = await startClients(1);
    const error = once(clients[0] as net.Socket, 'error');
    await queue.close();
    expect((await error)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  test('accepted sockets have buffers of 64 KiB, which the kernel doubles for its own needs', async () => {
    const { queue } = await startClients(1);
    const accepted = queue.accept();
    onTestFinished(() => void accepted?.socket.destroy());
    expect(getSocketOptions(accepted?.socket as net.Socket)).toMatchObject({
      sendBuffer: 2 * 65_536,
      receiveBuffer: 2 * 65_536,
    });
  });

  test('without SO_REUSEADDR an address in TIME-WAIT is in use, with it it is not', async () => {
    const { queue, clients } = await startClients(1);
    const accepted = queue.accept();
    const gone = once(clients[0]?.resume() as net.Socket, 'close');
    accepted?.socket.destroy();
    await gone;
    await queue.close();
    const again = queues();
    await expect(again.bind(queue.endpoint, { reuseAddress: false })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const bound = await again.bind(queue.endpoint);
    await bound.close();
  });

  test('a bound address is kept from whoever does not share it', async () => {
    const all = queues();
    const bound = await all.bind({ host: '127.0.0.1', port: 0 }, { reuseAddress: false });
    onTestFinished(() => bound.close());
    await expect(all.bind(bound.endpoint)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(all.listen(bound.endpoint, BACKLOG)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('every file descriptor is closed once', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    const { queue, clients } = await startClients(4);
    queue.accept()?.socket.destroy();
    await queue.close();
    await queue.close();
    for (const client of clients) client.destroy();
    await vi.waitFor(() => expect(open()).toBe(before), { interval: 5, timeout: 4_000 });
  });
});
