import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';

async function enter() {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const entered = await RawGateway.enter(server.url);
  onTestFinished(() => entered.raw.cut());
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo');
  return { server, ...entered, echo: { host: '127.0.0.1', port: echo?.port ?? 0 } };
}

test('a HELLO that comes late, with a number long past, ends its own WebSocket and not the session', async () => {
  const { server, raw, resume, echo } = await enter();
  const early = resume();
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  raw.acknowledge();
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG); // the ACK has been read too
  const late = new RawGateway(server.url);
  await late.opened();
  late.hello({ resume: early });
  expect(await late.goawayCode()).toBe('ACK_INVALID');
  await late.closed;
  raw.send(FrameType.DATA, 1, Uint8Array.of(1, 2, 3));
  await raw.next(FrameType.DATA, 1);
  expect(server.gateway.sessionCount).toBe(1);
});

test('a session goes on over the newest WebSocket, and the one before is ended', async () => {
  const { server, raw, resume, echo } = await enter();
  raw.open(1, { kind: 'tcp', ...echo });
  await raw.next(FrameType.OPENED, 1);
  const { raw: next, welcome } = await RawGateway.enter(server.url, { resume: resume() });
  onTestFinished(() => next.cut());
  expect(welcome.status).toBe('resumed');
  expect((await raw.closed).code).toBe(1_006);
});

test('a stolen session name without its secret is turned away, and the session goes on', async () => {
  const { server, raw, welcome } = await enter();
  const thief = new RawGateway(server.url);
  await thief.opened();
  thief.hello({ resume: { session: welcome.session, secret: '0'.repeat(32), received: 0 } });
  expect(await thief.goawayCode()).toBe('TOKEN_INVALID');
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
});
