import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { GatewayLimits } from '../limits.ts';

async function open(limits: Partial<GatewayLimits>) {
  const server = await startTestPlayground({ limits });
  onTestFinished(() => server.close());
  const enter = async (...from: [address?: string]) => {
    const entered = await RawGateway.enter(server.url, {}, ...from);
    onTestFinished(() => entered.raw.cut());
    return entered;
  };
  const port = server.lab.servers.find(({ name }) => name === 'Raw echo')?.port ?? 0;
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  return { server, enter, target, raw: (await enter()).raw };
}
const here = { host: '127.0.0.1', port: 0 } as const;

test('sockets opened too fast are refused, with the reason', async () => {
  const { raw, target } = await open({ opensBurst: 3, opensPerSecond: 1 });
  for (const stream of [1, 3, 5, 7]) raw.open(stream, target);
  expect(await raw.resetCode(7)).toBe('OPEN_RATE_EXCEEDED');
  await raw.next(FrameType.OPENED, 5);
});

test('too many new destinations in a minute are refused; those known are not', async () => {
  const { raw, target } = await open({ destinationsPerMinute: 2 });
  raw.open(1, target);
  raw.open(3, { ...target, port: 1 });
  raw.open(5, { ...target, port: 2 });
  expect(await raw.resetCode(5)).toBe('DESTINATION_RATE_EXCEEDED');
  raw.open(7, target);
  await raw.next(FrameType.OPENED, 7);
});

test('names are asked for no faster than sockets are opened', async () => {
  const { raw } = await open({ opensBurst: 1, opensPerSecond: 1 });
  const ask = (id: number): void =>
    raw.send(FrameType.CALL, 0, Buffer.from(JSON.stringify({ id, call: 'getaddrinfo', host: 'localhost' })));
  ask(1);
  ask(2);
  const answers = [await raw.next(FrameType.RESULT), await raw.next(FrameType.RESULT)].map(({ payload }) =>
    JSON.parse(Buffer.from(payload).toString()),
  );
  expect(answers.find(({ id }) => id === 2)).toMatchObject({ code: 'OPEN_RATE_EXCEEDED' });
  expect(answers.find(({ id }) => id === 1)).not.toHaveProperty('code');
});

test.each([
  ['STREAM_LIMIT', { streams: 2 }, { kind: 'udp', ...here }],
  ['LISTENER_LIMIT', { listeners: 2 }, { kind: 'listen', ...here }],
  ['SOCKET_LIMIT', { sockets: 2 }, { kind: 'udp', ...here }],
] as const)('the third of two is refused: %s', async (code, limits, socket) => {
  const { raw } = await open(limits);
  for (const stream of [1, 3, 5]) raw.open(stream, socket);
  expect(await raw.resetCode(5)).toBe(code);
  raw.send(FrameType.CLOSE, 1);
  await raw.next(FrameType.CLOSED, 1);
  raw.open(7, socket);
  await raw.next(FrameType.OPENED, 7);
});

test('a listener accepts so many at once and takes the next when one has left; dialling goes on meanwhile', async () => {
  const { raw, target } = await open({ accepted: 2, streams: 1 });
  raw.open(1, { kind: 'listen', ...here, backlog: 8 });
  const { local } = JSON.parse(Buffer.from((await raw.next(FrameType.OPENED, 1)).payload).toString());
  for (let index = 0; index < 3; index += 1) {
    const client = connect(local.port, '127.0.0.1');
    client.on('error', () => undefined);
    onTestFinished(() => void client.destroy());
    raw.send(FrameType.ACCEPT, 1);
  }
  const [first, second] = [await raw.next(FrameType.ACCEPTED), await raw.next(FrameType.ACCEPTED)];
  expect([first.stream, second.stream]).toEqual([2, 4]);
  raw.open(3, target);
  await raw.next(FrameType.OPENED, 3);
  expect(raw.count(FrameType.ACCEPTED)).toBe(0);
  raw.send(FrameType.RST, 2);
  await raw.next(FrameType.CLOSED, 2);
  raw.acknowledge();
  expect((await raw.next(FrameType.ACCEPTED)).stream).toBe(6);
});

test('new sessions of one address are bounded; who comes back, and other addresses, are not', async () => {
  const { server, enter, raw } = await open({ hellosPerMinutePerAddress: 2 });
  const { resume } = await enter();
  const third = new RawGateway(server.url);
  await third.opened();
  third.hello();
  expect(await third.goawayCode()).toBe('FRAME_RATE_EXCEEDED');
  await enter('127.0.0.3');
  const { raw: back, welcome } = await RawGateway.enter(server.url, { resume: resume() });
  onTestFinished(() => back.cut());
  expect(welcome.status).toBe('resumed');
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
});

test('a WebSocket that does not say HELLO is closed, with the reason', async () => {
  const { server } = await open({ helloDeadline: 200 });
  const silent = new RawGateway(server.url);
  onTestFinished(() => silent.cut());
  expect(await silent.closed).toEqual({ code: 1_008, reason: 'HELLO_TIMEOUT' });
});

test('a session that does not come back within the grace period is over, its sockets too', async () => {
  const { server, raw, target } = await open({ grace: 300 });
  raw.open(1, target);
  await raw.next(FrameType.OPENED, 1);
  raw.cut();
  await expect.poll(() => server.gateway.sessionCount, { timeout: 4_000 }).toBe(0);
  expect(server.gateway.socketCount).toBe(0);
});

test('at the session limit a detached session is evicted: of the address with most of them, the one with fewest streams', async () => {
  const { server, enter, raw, target } = await open({ sessions: 4 });
  raw.open(1, target);
  await raw.next(FrameType.OPENED, 1);
  const elsewhere = await enter('127.0.0.2');
  const bare = await enter();
  const late = await enter();
  for (const { raw: leaving } of [elsewhere, late, bare]) leaving.cut();
  raw.cut();
  await expect.poll(() => server.gateway.attachedCount).toBe(0);
  for (const gone of [2, 1]) {
    await enter();
    expect(server.gateway.sessionCount, `${gone} to go`).toBe(4);
  }
  const { raw: back, welcome } = await RawGateway.enter(server.url, { resume: elsewhere.resume() }, '127.0.0.2');
  onTestFinished(() => back.cut());
  expect(welcome.status).toBe('resumed');
});
