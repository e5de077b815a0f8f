import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../../protocol/frame.ts';
import { type CallRequest, CallResult } from '../../../../protocol/messages/calls.ts';
import { decodeMessage } from '../../../../protocol/messages/codec.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import { Opened } from '../../../../protocol/messages/socket.ts';
import { encodeDatagram } from '../../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../../testing/playground.ts';
import { RawGateway } from '../../../../testing/raw-gateway.ts';

type Learner = Awaited<ReturnType<typeof enter>>;

async function enter(url: string) {
  const { raw } = await RawGateway.enter(url);
  onTestFinished(() => raw.cut());
  let stream = -1;
  const next = (): number => {
    stream += 2;
    return stream;
  };
  /** OPEN of a socket of one's own: its number and its port. */
  const own = async (kind: 'bound' | 'listen' | 'udp', host: string, port = 0, options: SocketOptions = {}) => {
    const id = next();
    raw.open(id, { kind, host, port, options, ...(kind === 'listen' ? { backlog: 5 } : {}) });
    const opened = decodeMessage(Opened, (await raw.next(FrameType.OPENED, id)).payload);
    return { id, port: opened.local.port };
  };
  /** What becomes of an active OPEN. */
  const dial = async (host: string, port: number): Promise<string> => {
    const id = next();
    raw.open(id, { kind: 'tcp', host, port });
    return await Promise.race([raw.next(FrameType.OPENED, id).then(() => 'ok'), raw.resetCode(id)]);
  };
  /** What becomes of a datagram. */
  const sendTo = async (host: string, port: number): Promise<string> => {
    const { id } = await own('udp', host);
    raw.send(FrameType.DGRAM, id, encodeDatagram({ at: 0, host, port, bytes: Uint8Array.of(1) }));
    return await Promise.race([raw.next(FrameType.SENT, id).then(() => 'ok'), raw.resetCode(id)]);
  };
  const call = async (id: number, asked: CallRequest): Promise<string> => {
    raw.send(FrameType.CALL, id, Buffer.from(JSON.stringify({ id, ...asked })));
    return decodeMessage(CallResult, (await raw.next(FrameType.RESULT, id)).payload).code ?? 'ok';
  };
  const close = async (id: number): Promise<void> => {
    raw.send(FrameType.CLOSE, id);
    await raw.next(FrameType.CLOSED, id);
  };
  return { own, dial, sendTo, call, close };
}

async function open(): Promise<{ first: Learner; second: Learner }> {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  return { first: await enter(server.url), second: await enter(server.url) };
}

/** A service of the machine that comes up: as most do it sets SO_REUSEADDR. Whoever reaches it is counted. */
async function startService(host: string, port: number) {
  let reached = 0;
  const server = createServer((socket) => {
    reached += 1;
    socket.on('error', () => undefined);
    socket.end('SECRET');
  });
  onTestFinished(() => void server.close());
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return { reached: () => reached };
}

const IS_LINUX = process.platform === 'linux';

test.runIf(IS_LINUX).each([
  ['127.0.0.1', '127.0.0.1'],
  ['127.0.0.1', '0.0.0.0'],
  ['127.0.0.1', '::'],
  ['::1', '::1'],
  ['::1', '::'],
])('a port that is bound on %s and no more is no door to a service that comes up on %s', async (bound, at) => {
  const { first, second } = await open();
  const { port } = await first.own('bound', bound);
  expect(await second.dial(bound, port)).toBe('ECONNREFUSED');
  const service = await startService(at, port);
  for (const learner of [first, second]) expect(await learner.dial(bound, port)).toBe('TARGET_FORBIDDEN');
  expect(service.reached()).toBe(0);
});

test.runIf(IS_LINUX)('a port that is bound without SO_REUSEADDR refuses, and is no door when it is free', async () => {
  const { first, second } = await open();
  const { id, port } = await first.own('bound', '127.0.0.1', 0, { reuseAddress: false });
  await expect(startService('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await second.dial('127.0.0.1', port)).toBe('ECONNREFUSED');
  await first.close(id);
  await startService('127.0.0.1', port);
  expect(await second.dial('127.0.0.1', port)).toBe('TARGET_FORBIDDEN');
});

test('a bound port is reached when its socket listens, and no longer when that is closed', async () => {
  const { first, second } = await open();
  const { id, port } = await first.own('bound', '127.0.0.1');
  expect(await first.call(id, { call: 'listen', backlog: 5 })).toBe('ok');
  expect(await second.dial('127.0.0.1', port)).toBe('ok');
  await first.close(id);
  const service = await startService('127.0.0.1', port);
  expect(await second.dial('127.0.0.1', port)).toBe('TARGET_FORBIDDEN');
  expect(service.reached()).toBe(0);
});

test('the port of a connection that was accepted is no door once its listener is closed', async () => {
  const { first, second } = await open();
  const { id, port } = await first.own('listen', '127.0.0.1');
  expect(await second.dial('127.0.0.1', port)).toBe('ok');
  await first.close(id);
  const service = await startService('127.0.0.1', port);
  expect(await second.dial('127.0.0.1', port)).toBe('TARGET_FORBIDDEN');
  expect(service.reached()).toBe(0);
});

test('a listener of one family is no door to a service of the other', async () => {
  const { first, second } = await open();
  const { port } = await first.own('listen', '127.0.0.1');
  const service = await startService('::1', port);
  expect(await second.dial('::1', port)).toBe('TARGET_FORBIDDEN');
  expect(await second.dial('127.0.0.1', port)).toBe('ok');
  expect(service.reached()).toBe(0);
});

test('who binds a port beside a listener, and closes or fails to listen, does not take it away', async () => {
  const { first, second } = await open();
  const beside = await second.own('bound', '127.0.0.1');
  await first.own('listen', '127.0.0.1', beside.port);
  expect(await second.call(beside.id, { call: 'listen', backlog: 5 })).toBe('EADDRINUSE');
  expect(await second.dial('127.0.0.1', beside.port)).toBe('ok');
});

test('a datagram socket has its port alone, and it is nobody’s door when it is closed', async () => {
  const { first, second } = await open();
  const { id, port } = await first.own('udp', '127.0.0.1');
  const foreign = (): ReturnType<typeof createSocket> => createSocket({ type: 'udp4', reuseAddr: true });
  const early = foreign();
  onTestFinished(() => void early.close());
  early.bind(port, '0.0.0.0');
  expect((await once(early, 'error'))[0].code).toBe('EADDRINUSE');
  expect(await second.sendTo('127.0.0.1', port)).toBe('ok');
  await first.close(id);
  const late = foreign();
  onTestFinished(() => void late.close());
  late.on('message', () => expect.unreachable('a datagram reached the service'));
  late.bind(port, '127.0.0.1');
  await once(late, 'listening');
  expect(await second.sendTo('127.0.0.1', port)).toBe('TARGET_FORBIDDEN');
});
