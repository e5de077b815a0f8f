import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { ClientStream } from '../../../../client/stream.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import { codeOf, type Opened } from '../../../../protocol/messages/socket.ts';
import type { Datagram } from '../../../../protocol/payloads.ts';
import { startTestPlayground, until } from '../../../../testing/playground.ts';
import type { Playground } from '../../../../web/store/playground.ts';
import { openTestPage } from '../../../../web/store/testing/test-page.ts';

const HERE = '127.0.0.1';
const bytes = (text: string) => new TextEncoder().encode(text);

async function open(): Promise<Playground> {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  return page;
}

type Bound = { readonly stream: ClientStream; readonly opened: Opened; readonly next: () => Promise<Datagram> };

/** bind(2) of a datagram socket. Rejects with the code of a refusal. */
async function bind(page: Playground, local: Endpoint, options: SocketOptions = {}): Promise<Bound> {
  const { promise, resolve, reject } = Promise.withResolvers<Opened>();
  const arrived: Datagram[] = [];
  const waiting: ((datagram: Datagram) => void)[] = [];
  const stream = page.client.open(
    { kind: 'udp', ...local, options },
    {
      onOpened: resolve,
      onReset: (reset) => reject(new Error(codeOf(reset))),
      onDatagram: (datagram) => {
        const heard = waiting.shift();
        if (heard) heard(datagram);
        else arrived.push(datagram);
      },
    },
  );
  const next = async (): Promise<Datagram> => arrived.shift() ?? (await new Promise((heard) => waiting.push(heard)));
  return { stream, opened: await promise, next };
}

/** A port of this machine that somebody else has: no learner can be given it. */
async function takenPort(): Promise<number> {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.bind(0, HERE);
  await once(socket, 'listening');
  return socket.address().port;
}

test('a port that cannot be had is stood in for: within the session it is the port asked for, both ways', async () => {
  const page = await open();
  const port = await takenPort();
  const server = await bind(page, { host: '0.0.0.0', port }, { mapPort: true });
  expect(server.opened.local).toEqual({ host: HERE, port });
  expect(server.opened.outside?.port).not.toBe(port);
  const client = await bind(page, { host: HERE, port: 0 });
  client.stream.sendTo(HERE, port, bytes('ping'));
  const heard = await server.next();
  expect(heard.port).toBe(client.opened.local.port);
  server.stream.sendTo(heard.host, heard.port, bytes('pong'));
  expect(await client.next()).toMatchObject({ host: HERE, port, bytes: bytes('pong') });
});

test('an answer that was sent just before close(2) still comes from the port asked for', async () => {
  const page = await open();
  const client = await bind(page, { host: HERE, port: 0 });
  for (let round = 0; round < 20; round += 1) {
    const port = await takenPort();
    const server = await bind(page, { host: HERE, port }, { mapPort: true });
    server.stream.sendTo(HERE, client.opened.local.port, bytes('bye'));
    server.stream.close();
    expect((await client.next()).port).toBe(port);
  }
});

test('two sockets of one session cannot have one port, and it is free when its socket is closed', async () => {
  const page = await open();
  const port = await takenPort();
  const first = await bind(page, { host: HERE, port }, { mapPort: true });
  await expect(bind(page, { host: HERE, port }, { mapPort: true })).rejects.toThrow('EADDRINUSE');
  first.stream.close();
  await bind(page, { host: HERE, port }, { mapPort: true });
});

test('without mapPort it is refused, and so is an address that is none of loopback', async () => {
  const page = await open();
  await expect(bind(page, { host: HERE, port: 9 })).rejects.toThrow('LISTEN_FORBIDDEN');
  await expect(bind(page, { host: '8.8.8.8', port: 0 })).rejects.toThrow('LISTEN_FORBIDDEN');
});

test('what was sent before close(2) goes out first', async () => {
  const page = await open();
  const server = await bind(page, { host: HERE, port: 0 });
  for (let round = 0; round < 20; round += 1) {
    const client = page.client.open({ kind: 'udp', host: HERE, port: 0 }, {});
    client.sendTo(HERE, server.opened.local.port, bytes(String(round)));
    client.close();
    expect((await server.next()).bytes).toEqual(bytes(String(round)));
  }
});

/** What a stream that is connected to `peer` and sends once is told. */
async function sentTo(page: Playground, peer: Endpoint, isConnected: boolean) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const stream = page.client.open(
    { kind: 'udp', host: HERE, port: 0 },
    { onReset: (reset) => resolve(`${reset.call} ${codeOf(reset)}`), onSent: () => resolve('sent') },
  );
  if (isConnected) expect((await stream.call({ call: 'connect', ...peer })).code).toBeUndefined();
  stream.sendTo(peer.host, peer.port, bytes('anybody?'));
  return promise;
}

test('a datagram to nobody: a connected socket is refused, an unconnected one is told nothing', async () => {
  const page = await open();
  const gone = await bind(page, { host: HERE, port: 0 });
  const peer = gone.opened.local;
  gone.stream.close();
  expect(await sentTo(page, peer, true)).toBe('recvfrom ECONNREFUSED');
  expect(await sentTo(page, peer, false)).toBe('sent');
});

test('a peer that goes: the kernel refuses the connected socket', async () => {
  const page = await open();
  const peer = await bind(page, { host: HERE, port: 0 });
  const { promise, resolve } = Promise.withResolvers<string>();
  const onReset = (reset: Parameters<typeof codeOf>[0]) => resolve(codeOf(reset));
  const stream = page.client.open({ kind: 'udp', host: HERE, port: 0 }, { onReset });
  const { host, port } = peer.opened.local;
  await stream.call({ call: 'connect', host, port });
  stream.sendTo(host, port, bytes('one'));
  expect((await peer.next()).bytes).toEqual(bytes('one'));
  peer.stream.close();
  stream.sendTo(host, port, bytes('two'));
  stream.sendTo(host, port, bytes('three'));
  expect(await promise).toBe('ECONNREFUSED');
});

test('a connected socket receives from its peer alone, and still sends elsewhere', async () => {
  const page = await open();
  const [peer, other, own] = await Promise.all([1, 2, 3].map(() => bind(page, { host: HERE, port: 0 })));
  if (!peer || !other || !own) throw new Error('three were bound');
  const ends = [peer, other, own].map(({ opened }) => opened.local);
  const [peerEnd, otherEnd, ownEnd] = ends as [Endpoint, Endpoint, Endpoint];
  await own.stream.call({ call: 'connect', ...peerEnd });
  other.stream.sendTo(ownEnd.host, ownEnd.port, bytes('stranger'));
  own.stream.sendTo(peerEnd.host, peerEnd.port, bytes('ping'));
  const { host, port } = await peer.next();
  peer.stream.sendTo(host, port, bytes('pong'));
  expect((await own.next()).bytes).toEqual(bytes('pong'));
  own.stream.sendTo(otherEnd.host, otherEnd.port, bytes('elsewhere'));
  expect((await other.next()).bytes).toEqual(bytes('elsewhere'));
});
