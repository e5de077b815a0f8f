import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { PlaygroundError } from '../../protocol/errors.ts';
import { FrameType, PAYLOAD_BYTES_MAX } from '../../protocol/frame.ts';
import { CallResult } from '../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../protocol/messages/codec.ts';
import { Reset } from '../../protocol/messages/socket.ts';
import { startTestPlayground } from '../../testing/playground.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { createCall, type GatewayExtension, type TabSession } from './extension.ts';
import { Extensions } from './extensions.ts';

const TEXT = Uint8Array.of(0x68, 0x69);

async function enter(extensions: readonly GatewayExtension[]) {
  const server = await startTestPlayground({ extensions, rooms: undefined });
  onTestFinished(() => server.close());
  const entered = await RawGateway.enter(server.url);
  onTestFinished(() => entered.raw.cut());
  const echo = server.lab.servers.find(({ name }) => name === 'Raw echo');
  return { server, ...entered, echo: { kind: 'tcp', host: '127.0.0.1', port: echo?.port ?? 0 } as const };
}

test('an extension takes frames and answers calls that the gateway does not know', async () => {
  const Seat = Type.Object({ id: Type.Integer(), call: Type.Literal('seat'), number: Type.Integer({ maximum: 30 }) });
  const room: GatewayExtension = {
    frames: { [FrameType.ROOM]: (session, payload) => void session.tell(FrameType.ROOM, payload.toReversed()) },
    calls: { seat: createCall(Seat, ({ socketCount }, { number }) => ({ text: `${number}: ${socketCount}` })) },
  };
  const { raw, echo } = await enter([room]);
  raw.open(1, echo);
  await raw.next(FrameType.OPENED, 1);
  raw.send(FrameType.ROOM, 0, TEXT);
  expect([...(await raw.next(FrameType.ROOM, 0)).payload]).toEqual([0x69, 0x68]);
  raw.send(FrameType.CALL, 0, encodeMessage({ id: 7, call: 'seat', number: 12 }));
  const result = decodeMessage(CallResult, (await raw.next(FrameType.RESULT, 0)).payload);
  expect(result).toMatchObject({ id: 7, text: '12: 1' });
  raw.send(FrameType.CALL, 0, encodeMessage({ id: 8, call: 'seat', number: 31 }));
  expect(await raw.goawayCode()).toBe('MESSAGE_INVALID');
});

test('it is told of a tab from WELCOME to its end, and of what became of each OPEN', async () => {
  const told: string[] = [];
  const audit: GatewayExtension = {
    onTab: ({ page }, change) => told.push(page === undefined ? change : `program ${change}`),
    onOutcome: (_session, { port }, outcome) => told.push(`${port} ${outcome}`),
  };
  const { server, raw, resume, echo } = await enter([audit]);
  raw.open(1, echo);
  await raw.next(FrameType.OPENED, 1);
  raw.open(3, { kind: 'tcp', host: '192.0.2.1', port: 80 });
  await raw.next(FrameType.RST, 3);
  raw.cut();
  await expect.poll(() => told.at(-1)).toBe('detached');
  const again = await RawGateway.enter(server.url, { resume: resume() });
  again.raw.send(FrameType.GOAWAY, 0, encodeMessage({ code: 'SESSION_GONE', text: '' }));
  await again.raw.closed;
  expect(told).toEqual(['new', `${echo.port} ok`, '80 TARGET_FORBIDDEN', 'detached', 'resumed', 'out']);
});

test('it may refuse a socket; the next is not asked, and the gateway’s own limits come first', async () => {
  const asked: string[] = [];
  const locked: GatewayExtension = {
    mayOpen: (_session, { kind }) => {
      asked.push(`first ${kind}`);
      if (kind === 'udp') throw new PlaygroundError('TARGET_FORBIDDEN', 'the room is locked');
    },
  };
  const second: GatewayExtension = { mayOpen: (_session, { kind }) => void asked.push(`second ${kind}`) };
  const { raw, echo } = await enter([locked, second]);
  raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
  const reset = decodeMessage(Reset, (await raw.next(FrameType.RST, 1)).payload);
  expect(reset).toMatchObject({ code: 'TARGET_FORBIDDEN', text: 'the room is locked' });
  raw.open(3, echo);
  await raw.next(FrameType.OPENED, 3);
  expect(asked).toEqual(['first udp', 'first tcp', 'second tcp']);
});

test('what one throws is a fault, and harms neither the session nor the others', async () => {
  const fail = (): never => {
    throw new TypeError('not foreseen');
  };
  const faults: unknown[] = [];
  const told: string[] = [];
  const { raw, echo } = await enter([
    { onTab: fail, onOutcome: fail, onRefused: fail, onFault: fail },
    {
      onTab: (_session, change) => told.push(change),
      onOutcome: (_session, _open, outcome) => told.push(outcome),
      onRefused: (code) => told.push(code),
      onFault: (error) => faults.push(error),
    },
    { mayOpen: (_session, { kind }) => kind === 'udp' && fail(), calls: { fail: () => fail } },
  ]);
  raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
  expect(await raw.resetCode(1)).toBe('INTERNAL');
  raw.send(FrameType.CALL, 0, encodeMessage({ id: 1, call: 'fail' }));
  const result = decodeMessage(CallResult, (await raw.next(FrameType.RESULT, 0)).payload);
  expect(result.code).toBe('INTERNAL');
  raw.open(3, echo);
  await raw.next(FrameType.OPENED, 3);
  expect(told).toEqual(['new', 'INTERNAL', 'INTERNAL', 'ok']);
  // onTab, mayOpen, onOutcome, onRefused, the call, onOutcome
  expect(faults.map(String)).toEqual(Array(6).fill('TypeError: not foreseen'));
});

test('it ends a session, whose browser is told why, and opens nothing for it', async () => {
  const door: GatewayExtension = {
    mayOpen: (session) => session.dismiss(new PlaygroundError('SESSION_LIMIT', 'the lesson is over')),
  };
  const { server, raw, echo } = await enter([door]);
  raw.open(1, echo);
  expect(await raw.goawayCode()).toBe('SESSION_LIMIT');
  expect(server.gateway).toMatchObject({ sessionCount: 0, socketCount: 0 });
});

test('tells nothing that is no frame, and nothing once the session is over', async () => {
  let tab: TabSession | undefined;
  const { raw } = await enter([
    {
      onTab: (session) => {
        tab = session;
      },
    },
  ]);
  expect(() => tab?.tell(FrameType.ROOM, new Uint8Array(PAYLOAD_BYTES_MAX + 1))).toThrow(PlaygroundError);
  expect(tab?.tell(FrameType.GRID, TEXT)).toBe(true);
  expect([...(await raw.next(FrameType.GRID, 0)).payload]).toEqual([...TEXT]);
  tab?.dismiss(new PlaygroundError('SESSION_GONE', 'over'));
  expect(tab?.tell(FrameType.ROOM, TEXT)).toBe(false);
  expect(tab?.tell(FrameType.GRID, TEXT)).toBe(false);
});

test('a frame that nobody takes ends the session, and so does one of a room on a stream', async () => {
  const alone = await enter([]);
  alone.raw.send(FrameType.ROOM, 0, TEXT);
  expect(await alone.raw.goawayCode()).toBe('FRAME_INVALID');
  const room = await enter([{ frames: { [FrameType.ROOM]: () => undefined } }]);
  room.raw.send(FrameType.ROOM, 1, TEXT);
  expect(await room.raw.goawayCode()).toBe('FRAME_INVALID');
});

test('two that answer one call, or take one type of frame, cannot both join', () => {
  const calls = { seat: () => () => ({}) };
  const frames = { [FrameType.ROOM]: () => undefined };
  expect(() => new Extensions([{ calls }, { calls }])).toThrow('call seat belongs to two extensions');
  expect(() => new Extensions([{ frames }, { frames }])).toThrow('frame type 32 belongs to two extensions');
});
