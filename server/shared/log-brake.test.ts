import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { PlaygroundError } from '../../protocol/errors.ts';
import { FrameType } from '../../protocol/frame.ts';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { startTestPlayground } from '../../testing/playground.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { probeDescriptors } from '../descriptor-probe.ts';
import { SessionCalls, type SessionCallsOptions } from '../gateway/session/session-calls.ts';
import { brakeLog } from './log-brake.ts';

const ERROR = 50;

async function open() {
  const lines: { level: number; msg: string; err?: { stack: string } }[] = [];
  const logStream = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const server = await startTestPlayground({ logStream, logLevel: 'info' });
  onTestFinished(() => server.close());
  return { server, lines };
}

test('so many lines a minute; the next tells how many were left out', () => {
  const clock = new ManualClock();
  const lines: object[] = [];
  const write = brakeLog<{ n: number }>((line) => lines.push(line), clock.now, 2);
  for (const n of [1, 2, 3, 4]) write({ n });
  clock.advance(30_000);
  write({ n: 5 });
  expect(lines).toEqual([{ n: 1 }, { n: 2 }, { n: 5, omitted: 2 }]);
});

test('a peer that breaks RFC 6455 is no fault of the server: one short line, and not one for each', async () => {
  const { server, lines } = await open();
  for (let index = 0; index < 40; index += 1) {
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}gateway`, { origin: new URL(server.url).origin });
    ws.on('error', () => undefined);
    await once(ws, 'open');
    // An opcode that does not exist (RFC 6455 §5.2).
    (ws as unknown as { _socket: { write: (bytes: Uint8Array) => void } })._socket.write(
      Uint8Array.of(0x83, 0x80, 0, 0, 0, 0),
    );
    await once(ws, 'close');
  }
  expect(lines.filter(({ level }) => level >= ERROR)).toEqual([]);
  const told = lines.filter(({ msg }) => msg === 'WebSocket ended');
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThanOrEqual(31);
  expect(JSON.stringify(told[0])).not.toContain('stack');
});

test('what nobody foresaw in a call is told, and answered; what the system says of it is an answer and no fault', async () => {
  const told: unknown[] = [];
  const codes: unknown[] = [];
  const calls = new SessionCalls({
    environment: { clock: { nowMicros: () => 0 } },
    extensions: { onFault: (error: unknown) => told.push(error) },
    send: (_type: FrameType, _stream: number, payload: Uint8Array) =>
      codes.push(JSON.parse(Buffer.from(payload).toString()).code),
  } as unknown as SessionCallsOptions);
  const fault = new TypeError('a fault of ours');
  const refused = Object.assign(new Error('ENOPROTOOPT'), { code: 'ENOPROTOOPT' });
  for (const error of [fault, refused, new PlaygroundError('UNSUPPORTED', '')]) {
    calls.answer(0, 1, Promise.reject(error));
  }
  await Promise.resolve();
  expect(codes).toEqual(['INTERNAL', 'ENOPROTOOPT', 'UNSUPPORTED']);
  expect(told).toEqual([fault]);
});

test('what nobody foresaw in a session ends it, and is written down with its stack', async () => {
  const { server, lines } = await open();
  const { raw } = await RawGateway.enter(server.url);
  Object.defineProperty(server.gateway.traffic, 'messagesUp', {
    get: () => {
      throw new TypeError('a fault of ours');
    },
  });
  raw.send(FrameType.PING, 0);
  expect(await raw.closed).toEqual({ code: 1_011, reason: 'INTERNAL' });
  expect(lines.find(({ level }) => level === ERROR)?.err?.stack).toContain('a fault of ours');
});

test('a peer’s bad frame is no fault of the server', async () => {
  const { server, lines } = await open();
  const { raw } = await RawGateway.enter(server.url);
  raw.ws.send(Uint8Array.of(0xff));
  expect((await raw.closed).reason).toBe('FRAME_INVALID');
  expect(lines.filter(({ level }) => level >= ERROR)).toEqual([]);
});

test('that no descriptor is left is told, as long as it lasts', () => {
  const clock = new ManualClock();
  const told: string[] = [];
  let code: string | undefined = 'EMFILE';
  const stop = probeDescriptors(
    clock,
    (exhausted) => told.push(exhausted),
    () => {
      if (code) throw Object.assign(new Error(code), { code });
    },
  );
  clock.advance(2_000);
  code = undefined;
  clock.advance(1_000);
  stop();
  code = 'ENFILE';
  clock.advance(1_000);
  expect(told).toEqual(['EMFILE', 'EMFILE']);
});
