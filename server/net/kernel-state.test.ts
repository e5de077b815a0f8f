import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as net from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fdOf, setDatagramReading } from './ffi/fd-of.ts';
import { libc } from './ffi/libc.ts';
import { datagramState, kernelState, peerState, queryClosed } from './kernel-state.ts';
import { getSocketOptions, setSocketOptions } from './socket-options.ts';

/** A connection with nothing read at either end. */
async function connected(host: string) {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const accepting = once(server, 'connection');
  const client = net.connect({ host, port, allowHalfOpen: true });
  await once(client, 'connect');
  const [peer] = (await accepting) as [net.Socket];
  for (const socket of [client, peer]) {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  }
  const local = { host: client.localAddress as string, port: client.localPort as number };
  return { client, peer, local, remote: { host, port } };
}

describe.skipIf(!libc).each(['127.0.0.1', '::1'])('the kernel, asked about a connection on %s', (host) => {
  test('tells the state, the bytes that nobody has read, and the round trip', async () => {
    const { client, peer } = await connected(host);
    client.write('hello');
    await vi.waitFor(() => expect(kernelState(peer)?.receiveQueue).toBe(5), { interval: 1, timeout: 4_000 });
    expect(kernelState(peer)).toMatchObject({ state: 'ESTABLISHED', sendQueue: 0 });
    const state = kernelState(client);
    expect(state).toMatchObject({ state: 'ESTABLISHED', receiveQueue: 0, retransmits: 0, totalRetransmits: 0 });
    expect(state?.rtt).toBeGreaterThan(0);
    expect(state?.rtt).toBeLessThan(1_000_000);
    expect(state?.congestionWindow).toBeGreaterThan(0);
    expect(state?.maxSegment).toBeGreaterThanOrEqual(536);
    expect(state?.sendWindow).toBeGreaterThan(0);
  });

  test('counts what the peer has no room for', async () => {
    const { client } = await connected(host);
    const flood = Buffer.alloc(16_000_000);
    client.write(flood);
    await vi.waitFor(() => expect(kernelState(client)?.sendQueue).toBeGreaterThan(0), { interval: 1, timeout: 4_000 });
    expect(kernelState(client)?.sendQueue).toBeLessThan(flood.length);
  });

  test('tells of the other end too: its queues, its window, and whether its send(2) would return', async () => {
    const { client, local, remote } = await connected(host);
    client.write('hello');
    await vi.waitFor(() => expect(peerState(local, remote)?.receiveQueue).toBe(5), { interval: 1, timeout: 4_000 });
    expect(peerState(local, remote)).toMatchObject({ state: 'ESTABLISHED', sendQueue: 0, sendBlocked: false });
    // Seen from there, it is this end that sends.
    client.write(Buffer.alloc(16_000_000));
    await vi.waitFor(() => expect(peerState(remote, local)?.sendBlocked).toBe(true), { interval: 1, timeout: 4_000 });
    expect(kernelState(client)?.sendBlocked).toBe(true);
    expect(peerState(local, { ...remote, port: 1 })).toBeUndefined();
  });

  test('follows the closing, to TIME-WAIT and what is left of it after close', async () => {
    const { client, peer, local, remote } = await connected(host);
    expect(queryClosed(local, remote)).toMatchObject({ state: 'ESTABLISHED' });
    const heardFin = once(peer, 'end');
    client.end();
    peer.resume();
    await heardFin;
    expect(kernelState(peer)?.state).toBe('CLOSE-WAIT');
    await vi.waitFor(() => expect(kernelState(client)?.state).toBe('FIN-WAIT-2'), { interval: 5, timeout: 4_000 });
    const closed = once(client.resume(), 'close');
    peer.end();
    await closed;
    expect(kernelState(client)).toBeUndefined();
    const state = queryClosed(local, remote);
    expect(state?.state).toBe('TIME-WAIT');
    expect(state?.timer).toBeGreaterThan(50_000);
    expect(state?.timer).toBeLessThanOrEqual(60_000);
    expect(queryClosed(remote, local)).toBeUndefined();
  });

  test('does not mistake a listener for the connection', async () => {
    const { remote } = await connected(host);
    expect(queryClosed(remote, { host, port: 1 })).toBeUndefined();
  });

  test('has no state of a connection that was reset', async () => {
    const { client, peer, local, remote } = await connected(host);
    const gone = once(peer.resume(), 'error');
    client.resetAndDestroy();
    await gone;
    expect(queryClosed(local, remote)).toBeUndefined();
  });
});

test('names what cannot be asked about by undefined', () => {
  expect(kernelState(new net.Socket())).toBeUndefined();
  expect(kernelState(-1)).toBeUndefined();
  expect(fdOf(new net.Socket())).toBeUndefined();
  expect(queryClosed({ host: '', port: 0 }, { host: '/path', port: 0 })).toBeUndefined();
});

describe.skipIf(!libc)('socket options', () => {
  test('are read back as the kernel has them', async () => {
    const { client } = await connected('127.0.0.1');
    expect(getSocketOptions(client)).toMatchObject({ noDelay: false, keepAlive: false, lingerZero: false });
    setSocketOptions(client, { noDelay: true, keepAlive: true, lingerZero: true, sendBuffer: 8_192 });
    expect(getSocketOptions(client)).toMatchObject({
      noDelay: true,
      keepAlive: true,
      lingerZero: true,
      sendBuffer: 16_384,
    });
    setSocketOptions(client, { noDelay: false, keepAlive: false, lingerZero: false });
    expect(getSocketOptions(client)).toMatchObject({ noDelay: false, keepAlive: false, lingerZero: false });
  });

  test('SO_LINGER 0 makes close(2) a reset', async () => {
    const { client, peer } = await connected('127.0.0.1');
    setSocketOptions(client, { lingerZero: true });
    const error = once(peer.resume(), 'error');
    client.destroy();
    expect((await error)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  test('can be set on a bound socket before it connects', async () => {
    const bound = new net.BoundSocket({ host: '127.0.0.1' });
    onTestFinished(() => bound.close());
    setSocketOptions(bound.fd(), { receiveBuffer: 4_096 });
    expect(getSocketOptions(bound.fd())).toMatchObject({ receiveBuffer: 8_192 });
  });

  test('of a closed socket are EBADF', async () => {
    const { client } = await connected('127.0.0.1');
    client.destroy();
    expect(() => setSocketOptions(client, { noDelay: true })).toThrow(expect.objectContaining({ code: 'EBADF' }));
    expect(() => getSocketOptions(client)).toThrow(expect.objectContaining({ code: 'EBADF' }));
  });
});

test.skipIf(!libc)(
  'of a datagram socket: the first that waits, what all take of the buffer, those that had no room',
  async () => {
    const receiver = createSocket('udp4');
    const sender = createSocket('udp4');
    onTestFinished(() => void receiver.close());
    onTestFinished(() => void sender.close());
    await new Promise<void>((resolve) => receiver.bind(0, '127.0.0.1', resolve));
    const { port } = receiver.address();
    receiver.setRecvBufferSize(4_096);
    expect(setDatagramReading(receiver, false)).toBe(true);
    expect(datagramState(receiver)).toMatchObject({ next: 0, memory: 0, buffer: 8_192, dropped: 0 });
    const send = (bytes: string) =>
      new Promise<void>((resolve) => sender.send(bytes, port, '127.0.0.1', () => resolve()));
    await send('first');
    for (let count = 0; count < 40; count += 1) await send('another');
    const state = datagramState(receiver);
    expect(state?.next).toBe(5);
    expect(state?.memory).toBeGreaterThan(4_096);
    expect(state?.dropped).toBeGreaterThan(0);
    const received = once(receiver, 'message');
    expect(setDatagramReading(receiver, true)).toBe(true);
    expect(String((await received)[0])).toBe('first');
  },
);
