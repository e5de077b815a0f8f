import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { CallResult } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { encodeU32 } from '../../../protocol/payloads.ts';
import { startProxiedPlayground, startTestPlayground, until } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LiveSocket } from '../../../web/store/live-socket.ts';
import type { Playground } from '../../../web/store/playground.ts';
import { openTestPage } from '../../../web/store/testing/test-page.ts';
import { createEmulatedAcceptQueues } from '../../net/emulated-accept-queue.ts';

const LINUX = process.platform === 'linux';
const HAND = { readByHand: true };

async function open(options: Parameters<typeof startTestPlayground>[0] = {}) {
  const server = await startTestPlayground(options);
  onTestFinished(() => server.close());
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  return { server, page, portOf: (name: string) => page.lab().find((one) => one.name === name)?.port ?? 0 };
}

/** A client and what a listener of the same page accepted of it. */
async function pairOf(page: Playground, byHand: boolean, options?: { readonly readByHand: boolean }) {
  const listener = page.listen('127.0.0.1', 0, 5, options);
  await until(listener, () => listener.state === 'LISTEN');
  const client = page.connect('tcp', '127.0.0.1', listener.local?.port ?? 0, byHand ? HAND : undefined);
  listener.accept();
  await until(page, () => page.sockets().some(({ kind }) => kind === 'accepted') && client.state === 'ESTABLISHED');
  const accepted = page.sockets().find(({ kind }) => kind === 'accepted') as LiveSocket;
  return { listener, client, accepted };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (record: SocketTrace): string =>
  new TextDecoder().decode(record.received.slice(0, record.received.length));
function calls(record: SocketTrace, call: string): (number | string | undefined)[][] {
  return Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
    .filter((event) => event?.end === 'local' && event.call === call)
    .map((event) => [event?.argument, event?.count, event?.error].filter((value) => value !== undefined));
}

test.runIf(LINUX)(
  'what comes stays in the kernel until recv(n) is called, which takes n bytes at the most',
  async () => {
    const { page, portOf } = await open();
    const record = page.connect('tcp', '127.0.0.1', portOf('Raw echo'), HAND);
    onTestFinished(page.watch(record, true));
    record.send(bytes('0123456789'));
    await until(record, () => record.kernel?.receiveQueue === 10);
    expect(record.received.length).toBe(0);
    expect(record.peerKernel).toMatchObject({
      state: 'ESTABLISHED',
      receiveQueue: 0,
      sendQueue: 0,
      sendBlocked: false,
    });
    expect(await record.recv(4)).toMatchObject({ count: 4 });
    await until(record, () => record.kernel?.receiveQueue === 6);
    expect(await record.recv(1_024)).toMatchObject({ count: 6 });
    expect(calls(record, 'recv')).toEqual([
      [4, 4],
      [1_024, 6],
    ]);
    expect(text(record)).toBe('0123456789');
  },
);

test('a recv that finds nothing waits, and meanwhile there is no second one', async () => {
  const { page } = await open();
  const { client, accepted } = await pairOf(page, true);
  const first = client.recv(5);
  expect(client.isRecvWaiting).toBe(true);
  expect(await client.recv(5)).toMatchObject({ code: 'EALREADY' });
  accepted.send(bytes('hello python'));
  expect(await first).toMatchObject({ count: 5 });
  expect(client.isRecvWaiting).toBe(false);
  expect(text(client)).toBe('hello');
});

test('after EOF the rest is returned, and then b"" each time', async () => {
  const { page } = await open();
  const { client, accepted } = await pairOf(page, true);
  accepted.send(bytes('goodbye'));
  accepted.close();
  await until(accepted, () => accepted.isOver);
  const counts: (number | undefined)[] = [];
  for (let call = 0; call < 5; call += 1) counts.push((await client.recv(4)).count);
  expect(counts).toEqual([4, 3, 0, 0, 0]);
  expect(calls(client, 'recv').map(([, count]) => count)).toEqual([4, 3, 0, 0, 0]);
});

test.runIf(LINUX)('after a reset the rest is returned, and then ECONNRESET', async () => {
  const { page } = await open();
  const { client, accepted } = await pairOf(page, true);
  accepted.send(bytes('goodbye'));
  await until(accepted, () => accepted.queuedBytes === 0);
  accepted.reset();
  await until(accepted, () => accepted.isOver);
  expect((await client.recv(4)).count).toBe(4);
  expect((await client.recv(4)).count).toBe(3);
  expect((await client.recv(4)).code).toBe('SOCKET_CLOSED');
  await until(client, () => client.isOver);
  expect(client.failure).toMatchObject({ code: 'ECONNRESET' });
});

test.runIf(LINUX)('close() with bytes unread is a reset', async () => {
  const { page } = await open();
  const { client, accepted } = await pairOf(page, true);
  onTestFinished(page.watch(client));
  accepted.send(bytes('unread'));
  await until(client, () => client.kernel?.receiveQueue === 6);
  client.close();
  await until(accepted, () => accepted.isOver);
  expect(accepted.failure).toMatchObject({ code: 'ECONNRESET' });
  expect(calls(accepted, 'recv')).toEqual([[accepted.receiveSize, 0, 'ECONNRESET']]);
});

test.runIf(LINUX)('what a listener accepts is read by hand from its first byte, where it is to be', async () => {
  const { page } = await open();
  const { client, accepted, listener } = await pairOf(page, false, HAND);
  onTestFinished(page.watch(accepted));
  client.send(bytes('hello'));
  await until(accepted, () => accepted.kernel?.receiveQueue === 5);
  expect([accepted.isReadByHand, text(accepted)]).toEqual([true, '']);
  expect((await accepted.recv(1_024)).count).toBe(5);
  expect((await listener.setOptions({ readByHand: false })).code).toBeUndefined();
  expect((await listener.setOptions({ noDelay: true })).code).toBe('UNSUPPORTED');
  expect((await listener.setOptions({ readByHand: false, noDelay: true })).code).toBe('UNSUPPORTED');
});

test.runIf(LINUX)('who does not read closes the window, and the sender stands in send()', async () => {
  const { page, portOf } = await open();
  const record = page.connect('tcp', '127.0.0.1', portOf('Character generator'), HAND);
  onTestFinished(page.watch(record, true));
  await until(record, () => record.peerKernel?.sendBlocked === true && record.peerKernel.sendWindow === 0);
  const { received, peerKernel, kernel } = record;
  expect(received.length).toBe(0);
  expect(kernel?.receiveQueue).toBeGreaterThan(10_000);
  expect(peerKernel?.sendQueue).toBeGreaterThan(10_000);
  // What the program gave is in the one kernel or the other.
  const read = record.peerMoved.sent;
  while (record.peerMoved.sent === read) await record.recv(65_536);
  expect(record.received.length).toBeGreaterThan(0);
});

test('read by itself again: a recv that waits is the first, and the rest follows', async () => {
  const { page } = await open();
  const { client, accepted } = await pairOf(page, true);
  const waiting = client.recv(3);
  expect((await client.setOptions({ readByHand: false })).code).toBeUndefined();
  accepted.send(bytes('0123456789'));
  expect((await waiting).count).toBe(3);
  await until(client, () => client.received.length === 10);
  expect((await client.recv(3)).code).toBe('UNSUPPORTED');
  // What is in the queue as the switch is put back comes too.
  await client.setOptions(HAND);
  accepted.send(bytes('abc'));
  await until(accepted, () => accepted.queuedBytes === 0);
  await client.setOptions({ readByHand: false });
  await until(client, () => client.received.length === 13);
});

test('by hand as well no more is read than the browser takes', async () => {
  const { page, server, portOf } = await open({ limits: { bytesPerSecond: 1e9, bytesBurst: 1e9 } });
  page.client.leave();
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: portOf('Character generator'), options: HAND });
  await raw.next(FrameType.OPENED, 1);
  let id = 0;
  const recv = (): void => {
    id += 1;
    raw.send(FrameType.CALL, 1, encodeMessage({ id, call: 'recv', size: 65_527 }));
  };
  const result = async () => decodeMessage(CallResult, (await raw.next(FrameType.RESULT, 1)).payload);
  // Nothing is granted: what has been read goes out as far as the first credit goes, and then 128 KiB wait. One more call than
  // answers are out: it waits for bytes, or for room, as long as the others are told EALREADY.
  recv();
  let returned = 0;
  for (let refused = 0; refused < 300; refused += 1) {
    recv();
    if ((await result()).code !== undefined) continue;
    refused = 0;
    returned += 1;
    raw.acknowledge();
    expect(returned).toBeLessThan(100);
  }
  raw.acknowledge();
  raw.send(FrameType.CREDIT, 1, encodeU32(1_000_000));
  expect((await result()).count).toBeGreaterThan(0);
});

test.runIf(LINUX)('a datagram a recvfrom, and the rest of one is lost', async () => {
  const { page, portOf } = await open();
  const record = page.connect('udp', '127.0.0.1', portOf('Datagram echo'), HAND);
  onTestFinished(page.watch(record));
  await until(record, () => record.isOpened);
  record.send(bytes('one'));
  record.send(bytes('two'));
  await until(record, () => record.datagramKernel !== undefined && record.datagramKernel.next > 0);
  const { datagramKernel } = record;
  expect(record.received.length).toBe(0);
  expect(datagramKernel?.memory).toBeGreaterThan(datagramKernel?.next ?? 0);
  expect((await record.recv(5)).count).toBe(5);
  expect((await record.recv(1_024)).count).toBe(datagramKernel?.next);
  expect(calls(record, 'recvfrom').map(([argument]) => argument)).toEqual([5, 1_024]);
  const waiting = record.recv(1_024);
  expect(await record.recv(1)).toMatchObject({ code: 'EALREADY' });
  await record.setOptions({ readByHand: false });
  record.send(bytes('three'));
  expect((await waiting).count).toBeGreaterThan(5);
  record.send(bytes('four'));
  await until(record, () => calls(record, 'recvfrom').length === 4);
});

test('a recv that waits goes on through a cut', async () => {
  const { proxy, url, close } = await startProxiedPlayground();
  onTestFinished(close);
  const page = openTestPage(url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  const { client, accepted } = await pairOf(page, true);
  const waiting = client.recv(4);
  expect((await client.getOptions()).values).toMatchObject({ receiveSize: 4 });
  proxy.reset();
  await until(page, () => page.gateway().phase !== 'online');
  accepted.send(bytes('hello'));
  expect((await waiting).count).toBe(4);
  expect([text(client), client.isReadByHand]).toEqual(['hell', true]);
});

test('where accepted sockets are read ahead, that is said', async () => {
  const { page } = await open({ queues: createEmulatedAcceptQueues() });
  const { client, accepted, listener } = await pairOf(page, true);
  expect((await accepted.setOptions(HAND)).code).toBe('UNSUPPORTED');
  expect((await listener.setOptions(HAND)).code).toBe('UNSUPPORTED');
  accepted.send(bytes('hello'));
  expect((await client.recv(1_024)).count).toBe(5);
  const refused = page.listen('127.0.0.1', 0, 5, HAND);
  await until(refused, () => refused.isOver);
  expect(refused.failure?.code).toBe('UNSUPPORTED');
});
