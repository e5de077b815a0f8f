import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import { Accepted, type Open, Opened, Pending, Reset } from '../../../protocol/messages/socket.ts';
import { decodeReceived } from '../../../protocol/payloads.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import { openTestPage } from '../../../web/store/testing/test-page.ts';
import { failureOf } from './connect-attempts.ts';

const FIRST = '127.0.0.2';
const SECOND = '127.0.0.1';
const TWO = { 'two.test': [FIRST, SECOND], 'mixed.test': ['127.0.0.1', '::1'] } as const;

/** An echo of the machine's own. */
async function startEcho(host: string, port = 0): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  onTestFinished(() => void server.close());
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

async function open(port: number, connectTimeout = 5_000) {
  const server = await startTestPlayground({
    mode: 'allow-list',
    allow: [`two.test:*`, `localhost:${port || 1}`, `${FIRST}:${port || 1}`, `${SECOND}:${port || 1}`],
    lookup: async (name) =>
      (TWO[name as keyof typeof TWO] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    limits: { connectTimeout },
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  const opened = async (id: number) => decodeMessage(Opened, (await raw.next(FrameType.OPENED, id)).payload);
  const reset = async (id: number) => decodeMessage(Reset, (await raw.next(FrameType.RST, id)).payload);
  return { server, raw, opened, reset };
}
const target = (port: number, host = 'two.test'): Open => ({ kind: 'tcp', host, port });

test('where the first address of a name refuses the second is tried; what was sent early arrives', async () => {
  const port = await startEcho(SECOND);
  const { raw, opened } = await open(port);
  raw.open(1, target(port));
  raw.send(FrameType.DATA, 1, Buffer.from('hello'));
  const { remote, tried, called } = await opened(1);
  expect(remote).toEqual({ host: SECOND, port });
  expect(tried).toMatchObject([{ remote: { host: FIRST, port }, code: 'ECONNREFUSED' }]);
  expect(called).toBeGreaterThanOrEqual(tried?.[0]?.at ?? Number.POSITIVE_INFINITY);
  expect(Buffer.from(decodeReceived((await raw.next(FrameType.DATA, 1)).payload).bytes).toString()).toBe('hello');
});

test('localhost is both loopback addresses: who listens on ::1 alone is reached', async () => {
  const port = await startEcho('::1');
  const { raw, opened } = await open(port);
  raw.open(1, target(port, 'localhost'));
  expect((await opened(1)).remote?.host).toBe('::1');
});

test('through a troubled proxy the addresses of the target are tried in turn too', async () => {
  const port = await startEcho(SECOND);
  const { raw, opened } = await open(port);
  raw.open(1, { ...target(port), options: { trouble: { latency: 1 } } });
  expect(await opened(1)).toMatchObject({ remote: { host: SECOND, port }, tried: [{ remote: { host: FIRST } }] });
});

test('where all refuse, the error names what was tried', async () => {
  const port = await startEcho('::1');
  const { raw, reset } = await open(port);
  raw.open(1, target(port));
  const { code, text, tried } = await reset(1);
  expect(code).toBe('ECONNREFUSED');
  expect(text).toContain(`${SECOND}:${port}`);
  expect(text).toContain(`${FIRST}:${port}: ECONNREFUSED`);
  expect(tried).toHaveLength(1);
});

test('the page has a row for each address that was tried, and no failure where one answered', async () => {
  const port = await startEcho(SECOND);
  const { server } = await open(port);
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.gateway().phase === 'online');
  const record = page.connect('tcp', 'two.test', port);
  await until(record, () => record.state === 'ESTABLISHED');
  const connects = Array.from({ length: record.log.length() }, (_, index) => record.log.at(index))
    .filter((event) => event?.end === 'local' && event.call === 'connect')
    .map((event) => [event?.text, event?.error]);
  expect(connects).toEqual([
    [`${FIRST}:${port}`, 'ECONNREFUSED'],
    [`${SECOND}:${port}`, undefined],
  ]);
  expect(record.failure).toBeUndefined();
});

/** A listener on 127.0.0.1 whose queue is full, so that connect(2) there hangs. */
async function openFull(connectTimeout: number) {
  const opening = await open(0, connectTimeout);
  const { raw, opened } = opening;
  raw.open(1, { kind: 'listen', host: '127.0.0.1', port: 0, backlog: 0 });
  const { port } = (await opened(1)).local;
  raw.open(5, { kind: 'tcp', host: '127.0.0.1', port });
  await opened(5);
  return { ...opening, port };
}

test.runIf(process.platform === 'linux')(
  'an address that does not answer has its share of the time, no more',
  async () => {
    const { server, raw, port } = await openFull(4_000);
    const { raw: second } = await RawGateway.enter(server.url);
    onTestFinished(() => second.cut());
    second.open(1, { kind: 'listen', host: '::1', port, backlog: 5 });
    await second.next(FrameType.OPENED, 1);
    raw.open(7, target(port, 'mixed.test'));
    const { remote, tried } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 7)).payload);
    expect(remote?.host).toBe('::1');
    expect(tried).toMatchObject([{ remote: { host: '127.0.0.1' }, code: 'CONNECT_TIMEOUT' }]);
    const [{ called, at } = { called: 0, at: 0 }] = tried ?? [];
    expect(at - called).toBeLessThan(3_500_000);
  },
);

test.runIf(process.platform === 'linux')('the policy is asked again before a later address', async () => {
  const { server, raw, reset, port } = await openFull(2_000);
  const { raw: second } = await RawGateway.enter(server.url);
  onTestFinished(() => second.cut());
  second.open(1, { kind: 'listen', host: '::1', port, backlog: 5 });
  await second.next(FrameType.OPENED, 1);
  raw.open(7, target(port, 'mixed.test'));
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG); // the first address is being tried
  second.send(FrameType.CLOSE, 1);
  await second.next(FrameType.CLOSED, 1);
  await startEcho('::1', port);
  expect((await reset(7)).code).toBe('TARGET_FORBIDDEN');
});

test.runIf(process.platform === 'linux')(
  'a stream that is closed while an address is tried tries no other',
  async () => {
    const { server, raw, port } = await openFull(1_000);
    const { raw: second } = await RawGateway.enter(server.url);
    onTestFinished(() => second.cut());
    second.open(1, { kind: 'listen', host: '::1', port, backlog: 5 });
    await second.next(FrameType.OPENED, 1);
    raw.open(7, target(port, 'mixed.test'));
    raw.send(FrameType.PING, 0);
    await raw.next(FrameType.PONG); // the first address is being tried
    raw.send(FrameType.CLOSE, 7);
    await raw.next(FrameType.CLOSED, 7);
    raw.open(9, target(port, 'mixed.test'));
    const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 9)).payload);
    second.send(FrameType.ACCEPT, 1);
    const accepted = decodeMessage(Accepted, (await second.next(FrameType.ACCEPTED)).payload);
    expect(accepted.remote).toEqual(local); // nobody came there before
  },
);

test('of errors that say nothing of the target the one before is told', () => {
  const attempt = (code: string) => ({ remote: { host: '::1', port: 9 }, called: 1, at: 2, code });
  expect(failureOf([], 'ECONNREFUSED', 'text')).toEqual({ code: 'ECONNREFUSED', text: 'text' });
  expect(failureOf([attempt('ENETUNREACH')], 'ECONNREFUSED', 'text').code).toBe('ECONNREFUSED');
  expect(failureOf([attempt('ECONNREFUSED')], 'ENETUNREACH', 'text').code).toBe('ECONNREFUSED');
  expect(failureOf([attempt('EADDRNOTAVAIL')], 'ENETUNREACH', 'text').code).toBe('ENETUNREACH');
  expect(failureOf([attempt('ECONNREFUSED')], 'CONNECT_TIMEOUT', 'text')).toEqual({
    code: 'CONNECT_TIMEOUT',
    text: 'text; before that [::1]:9: ECONNREFUSED',
  });
});

test('each datagram that is dropped is told of, the last ones too', async () => {
  const { raw, opened } = await open(0);
  raw.open(1, { kind: 'udp', host: '::1', port: 0 });
  const { port } = (await opened(1)).local;
  const sender = createSocket('udp6');
  onTestFinished(() => void sender.close());
  const drop = (): void => sender.send(Buffer.alloc(65_520), port, '::1'); // one frame has no room for it
  const told = async () => decodeMessage(Pending, (await raw.next(FrameType.PENDING, 1)).payload);
  for (let count = 1; count <= 3; count += 1) {
    drop();
    expect(await told()).toMatchObject({ dropped: count, tooLong: count });
    raw.acknowledge();
  }
});
