import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { kernelState } from '../net/kernel-state.ts';
import { HttpConnections, type HttpConnectionsOptions } from './connections.ts';

const CHUNK = Buffer.alloc(65_536);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Setup = Partial<HttpConnectionsOptions['limits']> & { readonly proxies?: readonly string[] };

/** A server whose connections are watched, by a clock that is turned by hand. */
async function watched({ proxies = [], ...limits }: Setup) {
  let time = 0;
  const connections = new HttpConnections({
    limits: { connections: 100, connectionsPerAddress: 100, stallTimeout: 30_000, ...limits },
    now: () => time,
    sendQueue: (socket) => kernelState(socket)?.sendQueue ?? 0,
    proxies,
  });
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    connections.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const opened: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of opened) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  /** Both ends of a new connection, from this address of the machine. */
  const open = async (localAddress = '127.0.0.1') => {
    const accepted = once(server, 'connection');
    const peer = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', localAddress });
    peer.on('error', () => undefined);
    const [socket] = (await accepted) as [Socket];
    opened.push(peer, socket);
    return { peer, socket };
  };
  const after = (duration: number): void => {
    time += duration;
    connections.sweep();
  };
  return { connections, open, after };
}
/** An answer without an end. */
function answer(socket: Socket): void {
  const more = (): void => {
    while (socket.writable && socket.write(CHUNK));
  };
  socket.on('drain', more);
  more();
}

test('one whose answer is not read is closed when nothing has moved for as long as it may', async () => {
  const { connections, open, after } = await watched({});
  const { socket } = await open();
  connections.begin(socket, '127.0.0.1');
  answer(socket);
  let still = 0;
  for (let turns = 0; !socket.destroyed && turns < 10_000; turns += 1) {
    await turn();
    const before = `${socket.bytesWritten} ${kernelState(socket)?.sendQueue}`;
    after(1_000);
    if (socket.destroyed) break;
    still = before === `${socket.bytesWritten} ${kernelState(socket)?.sendQueue}` ? still + 1 : 0;
  }
  expect(socket.destroyed).toBe(true);
  expect(still).toBeGreaterThanOrEqual(29);
  expect(connections.count).toBe(0);
});

test.skipIf(process.platform !== 'linux')('one that is read, however slowly, is left alone', async () => {
  const { connections, open, after } = await watched({});
  const { socket, peer } = await open();
  connections.begin(socket, '127.0.0.1');
  answer(socket);
  let read = 0;
  peer.on('data', (chunk) => {
    read += chunk.length;
    peer.pause();
  });
  // More than the two ends' buffers hold: nothing but what is read makes room for it.
  while (read < 32 * 1_024 * 1_024) {
    const before = read;
    peer.resume();
    while (read === before) await turn();
    after(2_000);
    expect(socket.destroyed).toBe(false);
  }
});

test('one that waits for a next request gives way first, then one that stalls, longest still first', async () => {
  const { connections, open, after } = await watched({ connections: 3 });
  const [stalled, idle, busy] = [await open(), await open(), await open()];
  for (const { socket } of [stalled, idle, busy]) connections.begin(socket, '127.0.0.1');
  after(500);
  idle.peer.write('GET');
  await once(idle.socket.resume(), 'data');
  connections.end(idle.socket);
  await open();
  expect([stalled, idle, busy].map(({ socket }) => socket.destroyed)).toEqual([false, true, false]);
  busy.peer.write('GET');
  await once(busy.socket.resume(), 'data');
  after(600);
  await open();
  expect([stalled, busy].map(({ socket }) => socket.destroyed)).toEqual([true, false]);
});

test('while all get on a few more are let in, for one may be on its way to the gateway; then the oldest goes', async () => {
  const { connections, open } = await watched({ connections: 4 });
  const opened = [];
  for (let count = 0; count < 7; count += 1) opened.push(await open());
  expect(opened.map(({ socket }) => socket.destroyed)).toEqual([true, true, false, false, false, false, false]);
  expect(connections.count).toBe(5);
});

test('the WebSocket of a session is no longer one of them', async () => {
  const { connections, open, after } = await watched({ connections: 1 });
  const { socket } = await open();
  connections.begin(socket, '127.0.0.1');
  connections.release(socket);
  connections.end(socket);
  for (let count = 0; count < 3; count += 1) await open();
  after(60_000);
  expect(socket.destroyed).toBe(false);
});

test('an address has a share of them, as the proxy says whose it is; the proxy itself may have all', async () => {
  const { connections, open, after } = await watched({ connectionsPerAddress: 2, proxies: ['127.0.0.0/30'] });
  const mine = [];
  for (let count = 0; count < 3; count += 1) {
    const { socket } = await open();
    mine.push(socket);
    connections.begin(socket, '2001:db8::1');
    after(2_000);
  }
  expect(mine.map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
  const { socket: other } = await open();
  connections.begin(other, '2001:db8:0:1::1');
  const proxys = [];
  for (let count = 0; count < 5; count += 1) proxys.push((await open()).socket);
  expect([...mine.slice(1), other, ...proxys].every(({ destroyed }) => !destroyed)).toBe(true);
  const direct = [];
  for (let count = 0; count < 3; count += 1) {
    direct.push((await open('127.0.0.5')).socket);
    after(2_000);
  }
  expect(direct.map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
});
