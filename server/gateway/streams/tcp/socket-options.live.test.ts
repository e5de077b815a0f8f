import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground, until } from '../../../../testing/playground.ts';
import { liveOf } from '../../../../web/store/live-socket.ts';
import type { Playground } from '../../../../web/store/playground.ts';
import { openTestPage } from '../../../../web/store/testing/test-page.ts';

async function open(): Promise<{ page: Playground; portOf: (name: string) => number }> {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  return { page, portOf: (name) => page.lab().find((one) => one.name === name)?.port ?? 0 };
}

test.runIf(process.platform === 'linux')('options at connect are what the kernel has, buffers doubled', async () => {
  const { page, portOf } = await open();
  const asked = { noDelay: false, keepAlive: true, lingerZero: true, sendBuffer: 8_192, receiveBuffer: 16_384 };
  const record = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { ...asked, receiveSize: 3 });
  await until(record, () => record.state === 'ESTABLISHED');
  expect((await record.getOptions()).values).toMatchObject({
    ...asked,
    sendBuffer: 16_384,
    receiveBuffer: 32_768,
    receiveSize: 3,
  });
  const plain = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { sendBuffer: 8_192 });
  await until(plain, () => plain.state === 'ESTABLISHED');
  expect((await plain.getOptions()).values).toMatchObject({ noDelay: true, keepAlive: false, lingerZero: false });
});

test('the n of our own recv(n), at connect and after', async () => {
  const { page, portOf } = await open();
  const record = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { receiveSize: 4 });
  const received = () =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.end === 'local' && event.call === 'recv')
      .map((event) => [event?.argument, event?.count]);
  record.send(new TextEncoder().encode('0123456789'));
  await until(record, () => record.received.length === 10);
  expect(received()).toEqual([
    [4, 4],
    [4, 4],
    [4, 2],
  ]);
  await record.setOptions({ receiveSize: 7 });
  record.send(new TextEncoder().encode('0123456789'));
  await until(record, () => record.received.length === 20);
  expect(received().slice(3)).toEqual([
    [7, 7],
    [7, 3],
  ]);
});

test('the n of recv(n) holds on a socket that was bound before it was connected', async () => {
  const { page, portOf } = await open();
  const received: number[] = [];
  const { promise: bound, resolve: onOpened } = Promise.withResolvers<unknown>();
  const stream = page.client.open(
    { kind: 'bound', host: '127.0.0.1', port: 0 },
    { onOpened, onData: (_at, { length }) => received.push(length) },
  );
  await bound;
  expect((await stream.call({ call: 'connect', host: '127.0.0.1', port: portOf('Raw echo') })).code).toBeUndefined();
  expect((await stream.call({ call: 'setsockopt', options: { receiveSize: 4 } })).code).toBeUndefined();
  stream.send(new TextEncoder().encode('0123456789'));
  await expect.poll(() => received).toEqual([4, 4, 2]);
});

test.runIf(process.platform === 'linux')('with SO_LINGER 0 close(2) is a reset, without it a FIN', async () => {
  const { page } = await open();
  const ends: string[] = [];
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.state === 'LISTEN');
  for (const lingerZero of [true, false]) {
    const client = page.connect('tcp', '127.0.0.1', listener.local?.port ?? 0, { lingerZero });
    await until(listener, () => listener.pending.waiting === 1);
    listener.accept();
    await until(page, () => page.sockets().at(-1)?.kind === 'accepted');
    await until(client, () => client.state === 'ESTABLISHED');
    const peer = page.sockets().at(-1);
    if (!peer) throw new Error('no peer');
    client.close();
    await until(peer, () => peer.failure !== undefined || peer.state === 'CLOSE-WAIT');
    ends.push(peer.failure?.code ?? peer.state);
  }
  expect(ends).toEqual(['ECONNRESET', 'CLOSE-WAIT']);
});

test('a local port that is in use fails with the system’s own error', async () => {
  const { page, portOf } = await open();
  const first = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
  await until(first, () => first.state === 'ESTABLISHED');
  const localPort = first.local?.port ?? 0;
  const same = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { localPort });
  await until(same, () => same.failure !== undefined);
  expect(['EADDRNOTAVAIL', 'EADDRINUSE']).toContain(same.failure?.code);
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.state === 'LISTEN');
  const other = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), { localPort: listener.local?.port ?? 0 });
  await until(other, () => other.failure !== undefined);
  expect(other.failure?.code).toBe('EADDRINUSE');
  const prepared = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), {
    localPort: listener.local?.port ?? 0,
    sendBuffer: 8_192,
  });
  await until(prepared, () => prepared.failure !== undefined);
  expect(prepared.failure?.code).toBe('EADDRINUSE');
});

test.runIf(process.platform === 'linux')(
  'TIME-WAIT keeps a port from a listener without SO_REUSEADDR, and from no other',
  async () => {
    const { page } = await open();
    const listener = page.listen('127.0.0.1', 0, 5);
    await until(listener, () => listener.state === 'LISTEN');
    const port = listener.local?.port ?? 0;
    const client = page.connect('tcp', '127.0.0.1', port);
    await until(listener, () => listener.pending.waiting === 1);
    listener.accept();
    await until(page, () => page.sockets().length === 3);
    const peer = liveOf(page.sockets()[2]);
    if (!peer) throw new Error('no peer');
    // Who closes first keeps the TIME-WAIT: here the server's side, on the listener's port.
    peer.close();
    await until(client, () => client.state === 'CLOSE-WAIT');
    client.close();
    await until(client, () => client.isOver);
    listener.close();
    await until(listener, () => listener.isOver);
    const again = page.listen('127.0.0.1', port, 5, { reuseAddress: false });
    await until(again, () => again.failure !== undefined || again.state === 'LISTEN');
    expect(again.failure?.code).toBe('EADDRINUSE');
    const reusing = page.listen('127.0.0.1', port, 5, { reuseAddress: true });
    await until(reusing, () => reusing.failure !== undefined || reusing.state === 'LISTEN');
    expect(reusing.state).toBe('LISTEN');
  },
);

test('a call that a socket does not have is answered, and the session goes on', async () => {
  const { page, portOf } = await open();
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.state === 'LISTEN');
  expect((await listener.getOptions()).code).toBe('UNSUPPORTED');
  const datagrams = page.connect('udp', '127.0.0.1', portOf('Datagram echo'));
  await until(datagrams, () => datagrams.local !== undefined);
  expect((await datagrams.setOptions({ trouble: {} })).code).toBe('UNSUPPORTED');
  const plain = page.connect('tcp', '127.0.0.1', portOf('Raw echo'));
  await until(plain, () => plain.state === 'ESTABLISHED');
  expect((await plain.setOptions({ trouble: { latency: 1 } })).code).toBe('UNSUPPORTED');
  plain.send(Uint8Array.of(1));
  await until(plain, () => plain.received.length === 1);
});

async function reached(server: ReturnType<typeof createServer>): Promise<Socket> {
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.on('error', () => undefined);
  return socket;
}

test('the local port asked for is the one the server sees', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const playground = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`] });
  onTestFinished(() => playground.close());
  const page = openTestPage(playground.url);
  onTestFinished(() => page.client.leave());
  const first = page.connect('tcp', '127.0.0.1', port, { receiveBuffer: 4_096 });
  const one = await reached(server);
  await until(first, () => first.state === 'ESTABLISHED');
  expect(one.remotePort).toBe(first.local?.port);
  const localPort = first.local?.port ?? 0;
  first.reset();
  await until(first, () => first.isOver);
  page.connect('tcp', '127.0.0.1', port, { localPort, sendBuffer: 4_096 });
  const two = await reached(server);
  expect(two.remotePort).toBe(localPort);
  two.destroy();
  one.destroy();
});

test('a datagram that is cut off at either end is told with its length, and the next one is whole again', async () => {
  const { page, portOf } = await open();
  const record = page.connect('udp', '127.0.0.1', portOf('Datagram echo'), { receiveSize: 10, peerReceiveSize: 5 });
  await until(record, () => record.local !== undefined);
  const told = () =>
    Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
      .filter((event) => event?.call === 'recvfrom')
      .map((event) => ({ end: event?.end, offset: event?.offset, count: event?.count, whole: event?.whole }))
      .sort((one, other) => String(other.end).localeCompare(String(one.end)));
  const answers = async (count: number): Promise<void> => {
    await until(record.log, () => told().filter(({ end }) => end === 'local').length === count);
    await until(record.log, () => told().filter(({ end }) => end === 'peer').length === count);
  };
  record.send(new TextEncoder().encode('hello python'));
  await answers(1);
  // `[Thu Sep 15 22:29:12 2016] b'hello'`
  expect(told()).toEqual([
    { end: 'peer', offset: 0, count: 5, whole: 12 },
    { end: 'local', offset: 0, count: 10, whole: 35 },
  ]);
  expect((await record.setOptions({ receiveSize: 64, peerReceiveSize: 64 })).code).toBeUndefined();
  record.send(new TextEncoder().encode('again'));
  await answers(2);
  expect(told().filter(({ offset }) => offset !== 0)).toEqual([
    { end: 'peer', offset: 12, count: 5, whole: undefined },
    { end: 'local', offset: 35, count: 35, whole: undefined },
  ]);
});

test.runIf(process.platform === 'linux')('a datagram socket’s buffers are the kernel’s too', async () => {
  const { page, portOf } = await open();
  const record = page.connect('udp', '127.0.0.1', portOf('Datagram echo'), { sendBuffer: 8_192 });
  await until(record, () => record.local !== undefined);
  await record.setOptions({ receiveBuffer: 16_384 });
  expect((await record.getOptions()).values).toEqual({ sendBuffer: 16_384, receiveBuffer: 32_768 });
});
