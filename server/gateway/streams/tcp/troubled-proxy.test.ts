import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TroubledProxy } from './troubled-proxy.ts';

/** A proxy that slices up, its client, and what its target has had. The tab may go on when the test says so. */
async function open() {
  let received = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', ({ length }) => {
      received += length;
    });
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const dial = async (port: number): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const target = await dial((server.address() as AddressInfo).port);
  target.pause();
  const waiting: (() => void)[] = [];
  let [spent, mayGoOn, guarded] = [0, false, 0];
  const proxy = await TroubledProxy.open(
    target,
    { slice: 1, direction: 'up' },
    {
      onClosed: () => undefined,
      guard: (run) => {
        guarded += 1;
        run();
      },
      sideWork: {
        spend: (time) => {
          spent += time;
        },
        get mayGoOn() {
          return mayGoOn;
        },
        whenMayGoOn: (run) => {
          waiting.push(run);
          return () => void waiting.splice(waiting.indexOf(run), 1);
        },
      },
    },
  );
  onTestFinished(() => proxy.close());
  const client = await dial(proxy.endpoint.port);
  proxy.admit({ host: '127.0.0.1', port: client.localPort ?? 0 });
  return {
    proxy,
    client,
    waiting,
    received: () => received,
    spent: () => spent,
    guarded: () => guarded,
    letGoOn: () => {
      mayGoOn = true;
      waiting.shift()?.();
    },
  };
}

test('what a proxy does is paid for, waits for the tab’s turn, and is guarded as the session’s own callbacks', async () => {
  const { client, waiting, received, spent, guarded, letGoOn } = await open();
  client.write('abcde');
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  expect(received()).toBe(0);
  expect(guarded()).toBe(1); // the read
  letGoOn();
  await vi.waitFor(() => expect(received()).toBe(5));
  expect(spent()).toBeCloseTo(0.1); // five writes
  expect(guarded()).toBe(6);
});

test('what waits for the turn of a proxy that is closed is forgotten', async () => {
  const { proxy, client, waiting } = await open();
  client.write('abcde');
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  proxy.close();
  expect(waiting).toHaveLength(0);
});
