import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import type { Hello } from '../../../protocol/messages/session.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import type { RawGateway as Raw } from '../../../testing/raw-gateway.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { GatewayLimits } from '../limits.ts';

const HOG = '127.0.0.1';
const token = 'blue whale';

async function open(limits: Partial<GatewayLimits>, overrides: { token?: string } = {}) {
  const server = await startTestPlayground({ limits, ...overrides });
  onTestFinished(() => server.close());
  const enter = async (from: string, hello: Partial<Hello> = {}) => {
    const entered = await RawGateway.enter(server.url, hello, from);
    onTestFinished(() => entered.raw.cut());
    return entered;
  };
  const knock = async (from: string, hello: Partial<Hello>) => {
    const raw = new RawGateway(server.url, from);
    onTestFinished(() => raw.cut());
    await raw.opened();
    const start = performance.now();
    raw.hello(hello);
    return { code: await raw.goawayCode(), after: performance.now() - start };
  };
  return { server, enter, knock };
}
async function listens(raw: Raw): Promise<void> {
  raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
  await raw.next(FrameType.OPENED, 1);
}
async function answers(raw: Raw): Promise<void> {
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
}

test('one address with all seats, idle, gives one to a newcomer, and who comes back has seat and sockets', async () => {
  const { server, enter } = await open({ sessions: 6 });
  const blinked = await enter('127.0.0.2');
  await listens(blinked.raw);
  const first = await enter(HOG);
  for (let index = 0; index < 4; index += 1) await enter(HOG);
  blinked.raw.cut();
  await expect.poll(() => server.gateway.attachedCount).toBe(5);
  await enter('127.0.0.3');
  expect(await first.raw.closed).toEqual({ code: 1_013, reason: 'SESSION_LIMIT' });
  const { raw, welcome } = await enter('127.0.0.2', { resume: blinked.resume() });
  expect(welcome.status).toBe('resumed');
  await answers(raw);
  expect(server.gateway.socketCount).toBe(1);
});

test('one address with all seats and sockets gives one to a newcomer, and takes none from who has fewer', async () => {
  const { enter, knock } = await open({ sessions: 4 });
  const other = await enter('127.0.0.2');
  await listens(other.raw);
  const hogs = [await enter(HOG), await enter(HOG), await enter(HOG)];
  for (const { raw } of hogs) await listens(raw);
  expect((await knock(HOG, {})).code).toBe('SESSION_LIMIT');
  await enter('127.0.0.3');
  expect(await hogs[2]?.raw.closed).toEqual({ code: 1_013, reason: 'SESSION_LIMIT' });
  await answers(other.raw);
});

test('one address cannot have all sockets, nor a few of its tabs', async () => {
  const { server, enter } = await open({ sockets: 16 });
  const opened = async (from: string, count: number): Promise<number> => {
    const { raw } = await enter(from);
    let refused = 0;
    for (let index = 0; index < count; index += 1) {
      const stream = 2 * index + 1;
      raw.open(stream, { kind: 'udp', host: '127.0.0.1', port: 0 });
      const answer = await Promise.race([raw.next(FrameType.OPENED, stream), raw.next(FrameType.RST, stream)]);
      if (answer.type === FrameType.RST) refused += 1;
    }
    return count - refused;
  };
  expect(await opened(HOG, 16)).toBe(12);
  expect(await opened(HOG, 16)).toBe(2);
  expect(await opened(HOG, 1)).toBe(0);
  expect(await opened('127.0.0.2', 16)).toBe(1);
  expect(server.gateway.socketCount).toBe(15);
});

test('wrong tokens of one address are slowed; the right one is let in from there, and who comes back at once', async () => {
  const { enter, knock } = await open({ wrongTokensPerMinutePerAddress: 3, guessDelay: 300 }, { token });
  const { resume } = await enter(HOG, { token });
  for (let guess = 0; guess < 3; guess += 1)
    expect((await knock(HOG, { token: `${guess}` })).code).toBe('TOKEN_INVALID');
  const { code, after } = await knock(HOG, { token: '3' });
  expect(code).toBe('TOKEN_INVALID');
  expect(after).toBeGreaterThan(295);
  const start = performance.now();
  expect((await enter(HOG, { token })).welcome.status).toBe('new');
  expect(performance.now() - start).toBeGreaterThan(295); // as long as a wrong one: silence tells nothing
  expect((await enter(HOG, { token, resume: resume() })).welcome.status).toBe('resumed');
});

test('who comes back, and other addresses, do not wait for what one address guesses', async () => {
  const { enter, knock } = await open({ wrongTokensPerMinutePerAddress: 1, guessDelay: 600_000 }, { token });
  const { resume } = await enter(HOG, { token });
  await knock(HOG, { token: 'wrong' });
  expect((await enter(HOG, { token, resume: resume() })).welcome.status).toBe('resumed');
  expect((await enter('127.0.0.2', { token })).welcome.status).toBe('new');
});

test('wrong tokens of many addresses are slowed in all', async () => {
  const { enter, knock } = await open({ wrongTokensPerMinute: 3, guessDelay: 300 }, { token });
  for (const from of ['127.0.0.2', '127.0.0.3', '127.0.0.4']) await knock(from, { token: 'wrong' });
  expect((await knock('127.0.0.5', { token: 'wrong' })).after).toBeGreaterThan(295);
  expect((await enter('127.0.0.6', { token })).welcome.status).toBe('new');
});

test('nothing may follow a HELLO that waits', async () => {
  const { server, knock } = await open({ wrongTokensPerMinute: 1, guessDelay: 600_000 }, { token });
  await knock(HOG, { token: 'wrong' });
  const raw = new RawGateway(server.url);
  await raw.opened();
  const socket = (raw.ws as unknown as { _socket: { cork: () => void; uncork: () => void } })._socket;
  socket.cork(); // both in one read: the second has been read when the first is looked at
  raw.hello({ token });
  raw.hello({ token });
  socket.uncork();
  expect(await raw.closed).toEqual({ code: 1_002, reason: 'FRAME_INVALID' });
});

test('a session is resumed so often and no more; its WebSocket is not harmed', async () => {
  const { enter, knock } = await open({ resumesPerMinute: 4 });
  const first = await enter(HOG);
  let { raw } = first;
  for (let count = 0; count < 2; count += 1) ({ raw } = await enter(HOG, { resume: first.resume() }));
  expect((await knock(HOG, { resume: first.resume() })).code).toBe('FRAME_RATE_EXCEEDED');
  await answers(raw);
});

test('resumes of one address are bounded, those of another are not', async () => {
  const { enter, knock } = await open({ resumesPerMinutePerAddress: 1 });
  const [a, b, c] = [await enter(HOG), await enter(HOG), await enter('127.0.0.2')];
  await enter(HOG, { resume: a.resume() });
  expect((await knock(HOG, { resume: b.resume() })).code).toBe('FRAME_RATE_EXCEEDED');
  expect((await enter('127.0.0.2', { resume: c.resume() })).welcome.status).toBe('resumed');
});
