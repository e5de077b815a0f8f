import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { type CallRequest, CallResult } from '../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Reset } from '../../../protocol/messages/socket.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import type { GatewayLimits } from '../limits.ts';

const TEXT = Uint8Array.of(0x68, 0x69);
/** Sessions of which nothing is left are looked for each second. */
const SWEPT = { timeout: 5_000 };
let nextCall = 1;

async function startServer(limits: Partial<GatewayLimits> = {}) {
  const server = await startTestPlayground({ token: 'room', limits });
  onTestFinished(() => server.close());
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo');
  return { server, echo: { host: '127.0.0.1', port: echo?.port ?? 0 } };
}
async function enterPage(url: string) {
  const entered = await RawGateway.enter(url, { token: 'room' });
  onTestFinished(() => entered.raw.cut());
  return entered;
}
async function call(raw: RawGateway, what: CallRequest): Promise<CallResult> {
  const id = nextCall++;
  raw.send(FrameType.CALL, 0, encodeMessage({ id, ...what }));
  const result = decodeMessage(CallResult, (await raw.next(FrameType.RESULT, 0)).payload);
  expect(result.id).toBe(id);
  return result;
}
/** A program of the page, let in by a ticket. */
async function enterProgram(url: string, page: RawGateway) {
  const { ticket = '', session } = await call(page, { call: 'ticket' });
  const entered = await RawGateway.enter(url, { ticket: { ticket, received: 0 } });
  onTestFinished(() => entered.raw.cut());
  expect(entered.welcome).toMatchObject({ session, status: 'new' });
  return entered;
}
async function refusal(url: string, ticket: string): Promise<string | undefined> {
  const raw = new RawGateway(url);
  await raw.opened();
  raw.hello({ ticket: { ticket, received: 0 } });
  return await raw.goawayCode();
}

test('a program comes in by its page’s ticket: no token, and no secret that would resume it', async () => {
  const { server, echo } = await startServer();
  const page = await enterPage(server.url);
  const { raw, welcome } = await enterProgram(server.url, page.raw);
  expect(welcome.secret).toBeUndefined();
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  raw.send(FrameType.DATA, 1, TEXT);
  await raw.next(FrameType.DATA, 1);
});

test('a ticket is good once, one that was never given never, and one of an ended program no more', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const { ticket = '' } = await call(page.raw, { call: 'ticket' });
  const { raw } = await RawGateway.enter(server.url, { ticket: { ticket, received: 0 } });
  onTestFinished(() => raw.cut());
  expect(await refusal(server.url, ticket)).toBe('TICKET_INVALID');
  expect(await refusal(server.url, '0'.repeat(32))).toBe('TICKET_INVALID');
  const { ticket: late = '', session = '' } = await call(page.raw, { call: 'ticket' });
  await call(page.raw, { call: 'end', session });
  expect(await refusal(server.url, late)).toBe('TICKET_INVALID');
});

test('a program that was cut off goes on with another ticket, its sockets as they were', async () => {
  const { server, echo } = await startServer();
  const page = await enterPage(server.url);
  const { raw, welcome } = await enterProgram(server.url, page.raw);
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  const { received } = raw;
  raw.cut();
  const { ticket = '', session } = await call(page.raw, { call: 'ticket', session: welcome.session });
  expect(session).toBe(welcome.session);
  const back = await RawGateway.enter(server.url, { ticket: { ticket, received } });
  onTestFinished(() => back.raw.cut());
  expect(back.welcome).toMatchObject({ status: 'resumed', session: welcome.session });
  expect(server.gateway.socketCount).toBe(1);
});

test('a page has no say over the programs of another, nor over another page', async () => {
  const { server } = await startServer();
  const [one, other] = [await enterPage(server.url), await enterPage(server.url)];
  const { welcome } = await enterProgram(server.url, one.raw);
  for (const session of [welcome.session, one.welcome.session]) {
    // As if there were none: no answer tells whether there is.
    const asked = await call(other.raw, { call: 'ticket', session });
    expect(asked.session).toHaveLength(32);
    expect(asked.session).not.toBe(session);
    expect(await call(other.raw, { call: 'end', session })).not.toHaveProperty('code');
    expect(await call(other.raw, { call: 'end', session: '0'.repeat(32) })).not.toHaveProperty('code');
  }
});

test('a program asks for no ticket and ends nobody but itself', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const { raw, welcome } = await enterProgram(server.url, page.raw);
  expect(await call(raw, { call: 'ticket' })).toMatchObject({ code: 'UNSUPPORTED' });
  expect(await call(raw, { call: 'end', session: welcome.session })).toMatchObject({ code: 'UNSUPPORTED' });
  expect(await call(raw, { call: 'end', session: page.welcome.session })).toMatchObject({ code: 'UNSUPPORTED' });
  expect((await call(raw, { call: 'end' })).code).toBeUndefined();
  await expect.poll(() => server.gateway.sessionCount, SWEPT).toBe(1);
});

test('sockets of a page and of its programs count together', async () => {
  const { server, echo } = await startServer({ streams: 2 });
  const page = await enterPage(server.url);
  const { raw } = await enterProgram(server.url, page.raw);
  page.raw.open(1, { kind: 'tcp', ...echo });
  await page.raw.next(FrameType.OPENED, 1);
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  raw.open(3, { kind: 'tcp', ...echo });
  expect(decodeMessage(Reset, (await raw.next(FrameType.RST, 3)).payload).code).toBe('STREAM_LIMIT');
});

test('programs of one page share one budget, and each is told of half', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const programs = [await enterProgram(server.url, page.raw), await enterProgram(server.url, page.raw)];
  for (const { welcome } of programs) {
    expect(welcome.limits.framesPerSecond).toBe(page.welcome.limits.framesPerSecond / 2);
    expect(welcome.limits.bytesPerSecond).toBe(page.welcome.limits.bytesPerSecond / 2);
    expect(welcome.limits.streams).toBe(page.welcome.limits.streams);
  }
});

test('a page runs eight programs at a time, and another when one has ended', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const programs = [];
  for (let count = 0; count < 8; count += 1) programs.push(await enterProgram(server.url, page.raw));
  expect(await call(page.raw, { call: 'ticket' })).toMatchObject({ code: 'SESSION_LIMIT' });
  await call(page.raw, { call: 'end', session: programs[0]?.welcome.session ?? '' });
  await enterProgram(server.url, page.raw);
});

test('a page runs eight programs, with however many tickets', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const tickets: string[] = [];
  for (let count = 0; count < 9; count += 1) tickets.push((await call(page.raw, { call: 'ticket' })).ticket ?? '');
  for (const ticket of tickets.slice(1)) {
    const { raw } = await RawGateway.enter(server.url, { ticket: { ticket, received: 0 } });
    onTestFinished(() => raw.cut());
  }
  expect(await refusal(server.url, tickets[0] ?? '')).toBe('SESSION_LIMIT');
});

test('programs do not count as learners: the session limit counts pages', async () => {
  const { server } = await startServer({ sessions: 2 });
  const page = await enterPage(server.url);
  await enterProgram(server.url, page.raw);
  await enterProgram(server.url, page.raw);
  const other = await enterPage(server.url);
  for (const { raw } of [page, other]) {
    raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
    await raw.next(FrameType.OPENED, 1);
  }
  const late = new RawGateway(server.url);
  await late.opened();
  late.hello({ token: 'room' });
  expect(await late.goawayCode()).toBe('SESSION_LIMIT');
});

test('what a program that is ended has sent arrives, then its FIN', async () => {
  const heard: Buffer[] = [];
  const ended = Promise.withResolvers<string>();
  const peer = createServer((socket) => {
    socket.on('data', (data) => heard.push(data));
    socket.on('end', () => ended.resolve('FIN'));
    socket.on('error', () => ended.resolve('RST'));
  });
  await new Promise<void>((resolve) => void peer.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void peer.close());
  const { port } = peer.address() as { port: number };
  const server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`] });
  onTestFinished(() => server.close());
  const page = await RawGateway.enter(server.url);
  onTestFinished(() => page.raw.cut());
  const { raw, welcome } = await enterProgram(server.url, page.raw);
  raw.open(1, { kind: 'tcp', host: '127.0.0.1', port });
  await raw.next(FrameType.OPENED, 1);
  raw.send(FrameType.DATA, 1, TEXT);
  await raw.next(FrameType.SENT, 1);
  raw.cut();
  await call(page.raw, { call: 'end', session: welcome.session });
  expect(await ended.promise).toBe('FIN');
  expect(Buffer.concat(heard)).toEqual(Buffer.from(TEXT));
  await expect.poll(() => server.gateway.sessionCount, SWEPT).toBe(1);
});

test('a program ends with its page', async () => {
  const { server, echo } = await startServer();
  const page = await enterPage(server.url);
  const { raw } = await enterProgram(server.url, page.raw);
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  page.raw.send(FrameType.GOAWAY, 0, encodeMessage({ code: 'SESSION_GONE', text: 'left' }));
  await raw.closed;
  expect(server.gateway.sessionCount).toBe(0);
  await expect.poll(() => server.gateway.socketCount).toBe(0);
});

test('the port that a server program stands in for is its client program’s too', async () => {
  const { server } = await startServer();
  const page = await enterPage(server.url);
  const [one, other] = [await enterProgram(server.url, page.raw), await enterProgram(server.url, page.raw)];
  // Not among the ports that learners may listen on: another one stands in for it.
  one.raw.open(1, { kind: 'listen', host: '127.0.0.1', port: 8_009, backlog: 5, options: { mapPort: true } });
  await one.raw.next(FrameType.OPENED, 1);
  other.raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: 8_009 });
  await other.raw.next(FrameType.OPENED, 1);
  one.raw.send(FrameType.ACCEPT, 1);
  await one.raw.next(FrameType.ACCEPTED);
});
