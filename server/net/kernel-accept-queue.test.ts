import { once } from 'node:events';
import * as net from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ERRNO } from '../../protocol/errors.ts';
import { type Libc, libc } from './ffi/libc.ts';
import { createKernelAcceptQueues } from './kernel-accept-queue.ts';
import { getSocketOptions } from './socket-options.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const BACKLOG = 5;
/** Linux holds one more than the backlog: the queue is full when it is longer, not when it is as long (tcp(7), sk_acceptq_is_full). */
const HELD = BACKLOG + 1;

describe.skipIf(!libc)("the kernel's own accept queue", () => {
  const queues = () => createKernelAcceptQueues(libc as Libc);

  async function startClients(count: number) {
    const queue = await queues().listen(LOOPBACK, BACKLOG);
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
    const bound = await all.bind(LOOPBACK, { reuseAddress: false });
    onTestFinished(() => bound.close());
    await expect(all.bind(bound.endpoint)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(all.listen(bound.endpoint, BACKLOG)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  /** The kernel, where accept4(2) fails so often with this errno before it does what it is asked. */
  function failingFirst(errno: number, times: number): Libc {
    const real = libc as Libc;
    let left = times;
    let hasFailed = false;
    return {
      ...real,
      accept4: (...args) => {
        hasFailed = left > 0;
        left -= 1;
        return hasFailed ? -1 : real.accept4(...args);
      },
      errno: () => (hasFailed ? errno : real.errno()),
    };
  }

  test('out of file descriptors a connection waits on, and is told of again until there is room', async () => {
    const queue = await createKernelAcceptQueues(failingFirst(ERRNO.EMFILE, 2)).listen(LOOPBACK, BACKLOG);
    onTestFinished(() => queue.close());
    const { promise: accepted, resolve } = Promise.withResolvers<net.Socket>();
    let attempts = 0;
    queue.onReady(() => {
      attempts += 1;
      const socket = queue.accept()?.socket;
      if (socket) resolve(socket);
    });
    const client = net.connect(queue.endpoint);
    onTestFinished(() => void client.destroy());
    (await accepted).destroy();
    expect(attempts).toBe(3);
  });

  test('a connection that was lost while it waited is passed over', async () => {
    const queues = createKernelAcceptQueues(failingFirst(ERRNO.ECONNABORTED, 1));
    const queue = await queues.listen(LOOPBACK, BACKLOG);
    onTestFinished(() => queue.close());
    const client = net.connect(queue.endpoint);
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    const accepted = queue.accept();
    expect(accepted?.remote.port).toBe(client.localPort);
    accepted?.socket.destroy();
  });

  test('whoever comes right after a connection that was lost is told of', async () => {
    const queues = createKernelAcceptQueues(failingFirst(ERRNO.EAGAIN, 1));
    const queue = await queues.listen(LOOPBACK, BACKLOG);
    onTestFinished(() => queue.close());
    let told = 0;
    queue.onReady(() => {
      told += 1;
    });
    const client = net.connect(queue.endpoint);
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    queues.kick();
    expect(told).toBe(1);
    // As if it were gone: the next look finds as many waiting as were told of before.
    expect(queue.accept()).toBeUndefined();
    queues.kick();
    expect(told).toBe(2);
  });

  test('every file descriptor of a listener is closed, once, and no other', async () => {
    const open = new Set<number>();
    const calls: Libc = {
      ...(libc as Libc),
      socket: (...args) => {
        const fd = (libc as Libc).socket(...args);
        open.add(fd);
        return fd;
      },
      close: (fd) => {
        expect(open.delete(fd)).toBe(true);
        return (libc as Libc).close(fd);
      },
    };
    const counted = createKernelAcceptQueues(calls);
    const queue = await counted.listen(LOOPBACK, BACKLOG);
    const bound = await counted.bind(LOOPBACK);
    await expect(counted.listen(queue.endpoint, BACKLOG)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(counted.listen({ host: '192.0.2.1', port: 0 }, BACKLOG)).rejects.toThrow();
    expect(open.size).toBe(2);
    await bound.close();
    await bound.close();
    await expect(bound.listen(BACKLOG)).rejects.toMatchObject({ code: 'EBADF' });
    const client = net.connect(queue.endpoint);
    await once(client, 'connect');
    const accepted = queue.accept();
    await queue.close();
    await queue.close();
    // The accepted one is Node's, and goes on.
    const end = once(client.resume(), 'end');
    accepted?.socket.end();
    await end;
    accepted?.socket.destroy();
    client.destroy();
    expect(open.size).toBe(0);
  });
});
