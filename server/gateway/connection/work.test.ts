import { expect, onTestFinished, test } from 'vitest';
import { encodeFrame, FrameType, HEADER_BYTES } from '../../../protocol/frame.ts';
import { encodeMessage } from '../../../protocol/messages/codec.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import { defaultLimits, type GatewayLimits } from '../limits.ts';
import { SessionBudget } from '../session/session-budget.ts';

const UNLIMITED = { framesPerSecond: 1e6, framesBurst: 1e6 };

async function open(limits: Partial<GatewayLimits>) {
  const server = await startTestPlayground({ limits });
  onTestFinished(() => server.close());
  const enter = async (): Promise<RawGateway> => {
    const { raw } = await RawGateway.enter(server.url);
    onTestFinished(() => raw.cut());
    return raw;
  };
  return { server, enter };
}
/** Asking for the address of an address: a frame of 60 bytes, and a promise. */
function askMany(raw: RawGateway, count: number): Buffer {
  const call = (id: number): Uint8Array => encodeMessage({ id, call: 'getaddrinfo', host: '127.0.0.1' });
  return Buffer.concat(Array.from({ length: count }, (_, id) => raw.encode(FrameType.CALL, 0, call(id + 1))));
}
function budget(limits: Partial<GatewayLimits>) {
  const clock = new ManualClock();
  const spent: number[] = [];
  const made = new SessionBudget(clock.now, { ...defaultLimits(1_024), ...limits }, (time) => spent.push(time));
  return { clock, spent, made };
}

test('a tab pays for the time of its handlers, once however they are nested', () => {
  const { clock, spent, made } = budget({ workPerSecond: 100, workBurst: 50 });
  made.beginWork();
  clock.advance(30);
  made.beginWork();
  clock.advance(40);
  made.endWork();
  made.endWork();
  expect(spent).toEqual([70]);
  expect(made.workWait()).toBe(200); // 70 of 50 saved, and 100 a second
  clock.advance(200);
  expect(made.workWait()).toBe(0);
  expect(made.recentWork()).toBeGreaterThan(60); // paid for, but not forgotten
  clock.advance(60_000);
  expect(made.recentWork()).toBeLessThan(0.1);
});

test('what a frame causes after its handler has returned is paid for too', () => {
  const { spent, made } = budget({});
  made.charge(encodeFrame({ type: FrameType.OPEN, seq: 1, stream: 1, payload: new Uint8Array() }));
  made.charge(encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() }));
  expect(spent).toEqual([0.3]);
});

test('a session that owes processor time is not read until it has paid, and is never closed for it', async () => {
  const { enter } = await open({ ...UNLIMITED, workPerSecond: 1, workBurst: 2, penaltyLimit: 0 });
  const raw = await enter();
  const start = performance.now();
  raw.ws.send(askMany(raw, 400));
  for (let answered = 0; answered < 400; answered += 1) await raw.next(FrameType.RESULT);
  // Four parts, and each owes what takes seconds to pay: a pause of one second, the longest, after each but the last.
  expect(performance.now() - start).toBeGreaterThan(2_950);
  raw.send(FrameType.PING, 0);
  await raw.next(FrameType.PONG);
});

test('others have their turn between the frames of one message', async () => {
  const { enter } = await open({ ...UNLIMITED, workPerSecond: 1e6, workBurst: 1e6 });
  const [busy, quiet] = [await enter(), await enter()];
  const ping = encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: new Uint8Array() });
  const count = 4_000;
  busy.ws.send(Buffer.concat(Array.from({ length: count }, () => ping)));
  quiet.send(FrameType.PING, 0);
  await quiet.next(FrameType.PONG);
  expect(busy.count(FrameType.PONG)).toBeLessThan(count);
  expect(ping.length).toBe(HEADER_BYTES);
});

test('the kernel is asked about the watched sockets of those alone who owe nothing', async () => {
  const { enter } = await open({ ...UNLIMITED, workPerSecond: 0.01, workBurst: 30 });
  const [owing, quiet] = [await enter(), await enter()];
  owing.send(FrameType.WATCH, 0, encodeMessage({ streams: [99] }));
  owing.ws.send(askMany(owing, 700)); // 35 ms at the least
  for (let answered = 0; answered < 500; answered += 1) await owing.next(FrameType.RESULT);
  quiet.send(FrameType.WATCH, 0, encodeMessage({ streams: [99] }));
  await quiet.next(FrameType.STATS); // the one that comes with WELCOME
  await quiet.next(FrameType.STATS);
  const before = owing.count(FrameType.STATS);
  for (let told = 0; told < 3; told += 1) await quiet.next(FrameType.STATS);
  expect(owing.count(FrameType.STATS) - before).toBeLessThanOrEqual(1);
});
