import { expect, test } from 'vitest';
import { DATA_BYTES_MAX, FrameType } from '../protocol/frame.ts';
import { failureOf } from '../protocol/testing/failures.ts';
import { ManualClock } from '../protocol/testing/manual-clock.ts';
import { ByteSequence } from '../testing/byte-sequence.ts';
import { GatewayClient } from './gateway-client.ts';
import { SendCopies } from './send-copies.ts';
import type { ClientStream, StreamHandler } from './stream.ts';
import { MemoryGateway } from './testing/memory-gateway.ts';

const TARGET = { kind: 'tcp', host: '127.0.0.1', port: 2 } as const;

function open(handler: StreamHandler = {}) {
  const clock = new ManualClock();
  const gateway = new MemoryGateway(clock);
  const client = new GatewayClient({
    dial: gateway.dial,
    clock,
    random: () => 0.5,
    schedule: gateway.schedule,
    onWelcome: () => undefined,
    onPhase: () => undefined,
    onLatency: () => undefined,
    onStats: () => undefined,
    reportError: (error) => {
      throw error;
    },
  });
  client.start();
  const stream = client.open(TARGET, handler);
  gateway.settle();
  const arrived = (): Buffer => gateway.streams.get(stream.id)?.bytes ?? Buffer.alloc(0);
  return { clock, gateway, client, stream, arrived };
}
const sequence = (count: number): Uint8Array<ArrayBuffer> => new ByteSequence(5).bytes(0, count);
function viewOf(bytes: Uint8Array, before: number, after: number): Uint8Array {
  const room = new Uint8Array(before + bytes.length + after).fill(0xa5);
  room.set(bytes, before);
  return room.subarray(before, before + bytes.length);
}

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['an array of its own', (bytes) => bytes.slice()],
  ['a view at an offset', (bytes) => viewOf(bytes, 11, 3)],
  ['a Buffer of the pool', (bytes) => Buffer.from(bytes)],
  ['a part of a Buffer', (bytes) => Buffer.from(viewOf(bytes, 1, 1).buffer, 1, bytes.length)],
  [
    'a view of a buffer that can grow',
    (bytes) => {
      const view = new Uint8Array(new ArrayBuffer(bytes.length, { maxByteLength: bytes.length + 64 }));
      view.set(bytes);
      return view;
    },
  ],
])('%s arrives as it was when it was sent, whatever its size', (_kind, make) => {
  const { gateway, stream, arrived } = open();
  const sizes = [0, 1, 64, 4_096, 4_097, 32_767, 32_768, 32_769, 65_536, 3_000_000];
  for (const size of sizes) {
    const bytes = make(sequence(size));
    stream.send(bytes);
    bytes.fill(0xee);
  }
  gateway.settle();
  expect(arrived().equals(Buffer.concat(sizes.map(sequence)))).toBe(true);
});

test('a copy is not used again before the frame it is in has left', () => {
  const { gateway, stream, arrived } = open({ onProgress: () => undefined });
  for (let piece = 0; piece < 300; piece += 1) {
    stream.send(new ByteSequence(5).bytes(piece * 32_768, 32_768));
    if (piece % 3 === 0) gateway.step(1);
  }
  gateway.settle();
  expect(arrived().equals(sequence(300 * 32_768))).toBe(true);
});

function transferred(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}
function cutOff(): Uint8Array {
  const buffer = new ArrayBuffer(8, { maxByteLength: 8 });
  const bytes = new Uint8Array(buffer, 4);
  buffer.resize(2);
  return bytes;
}
test.each<[string, unknown]>([
  ['memory shared with threads', new Uint8Array(new SharedArrayBuffer(8))],
  ['a buffer that has been transferred', transferred()],
  ['a buffer that has become too short', cutOff()],
  ['text', 'hello'],
  ['an array of numbers', [1, 2]],
  ['an ArrayBuffer', new ArrayBuffer(8)],
  ['a DataView', new DataView(new ArrayBuffer(8))],
  ['units of two bytes', new Uint16Array(8)],
  ['nothing', undefined],
])('%s cannot be sent, and nothing of it is', (_kind, value) => {
  const { gateway, stream, client, arrived } = open();
  const bytes = value as Uint8Array;
  expect(failureOf(() => stream.send(bytes)).code).toBe('ARGUMENT_INVALID');
  const datagrams = client.open({ kind: 'udp', host: '127.0.0.1', port: 0 }, {});
  expect(failureOf(() => datagrams.sendTo('127.0.0.1', 7, bytes)).code).toBe('ARGUMENT_INVALID');
  stream.send(sequence(1));
  gateway.settle();
  expect(arrived().length).toBe(1);
  expect(gateway.streams.get(datagrams.id)?.types).toEqual([]);
});

test.each([
  ['h'.repeat(256), 7, 'HOST_INVALID'],
  ['127.0.0.1', 65_536, 'PORT_INVALID'],
  ['127.0.0.1', -1, 'PORT_INVALID'],
  ['127.0.0.1', 1.5, 'PORT_INVALID'],
])('a datagram to %s, port %i is refused here', (host, port, code) => {
  const { stream } = open();
  expect(failureOf(() => stream.sendTo(host, port, sequence(1))).code).toBe(code);
});

test.each([-1, 0.5, Number.NaN, 6])('%d bytes of five are not consumed', (count) => {
  const { gateway, stream } = open();
  const far = gateway.streams.get(stream.id);
  if (far) gateway.say(far, sequence(5));
  gateway.settle();
  expect(failureOf(() => stream.consume(count)).code).toBe('ARGUMENT_INVALID');
  stream.consume(5);
  expect(failureOf(() => stream.consume(1)).code).toBe('ARGUMENT_INVALID');
});

test('who asks for more than can be kept while the network is away loses the session, and is told so', async () => {
  const resets: string[] = [];
  const { clock, gateway, client, stream, arrived } = open({ onReset: ({ code }) => resets.push(code) });
  gateway.cut();
  const calls = Array.from({ length: 9_000 }, () => client.call({ call: 'getaddrinfo', host: 'h'.repeat(120) }));
  stream.send(sequence(10)); // into a channel that is full
  clock.advance(1_000);
  gateway.settle();
  expect(resets).toEqual(['ECONNRESET']);
  expect(client.phase).toBe('online');
  expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['ECONNRESET']));
  expect(arrived().length).toBe(0);
  const next = client.open(TARGET, {});
  next.send(sequence(10));
  gateway.settle();
  expect(gateway.streams.get(next.id)?.types).toEqual([FrameType.DATA]);
});

test('when the session is lost every stream is over before any is told', () => {
  const other: { isOver: boolean | undefined } = { isOver: undefined };
  const { clock, gateway, client } = open({ onReset: () => (other.isOver = second.isOver) });
  const second = client.open(TARGET, {});
  gateway.settle();
  gateway.forget();
  clock.advance(1_000);
  gateway.settle();
  expect(other.isOver).toBe(true);
});

test.each<[string, (stream: ClientStream) => void, number, FrameType | undefined]>([
  ['sends', (stream) => stream.send(new ByteSequence(5).bytes(300_000, 5)), 300_005, undefined],
  ['shuts down', (stream) => stream.shutdown(), 300_000, FrameType.FIN],
  ['closes', (stream) => stream.close(), 300_000, FrameType.CLOSE],
])('who %s from within the onProgress of a long send comes behind all of it', (_name, act, count, end) => {
  let isFirst = true;
  const { gateway, stream, arrived } = open({
    onProgress: () => {
      if (isFirst) act(stream);
      isFirst = false;
    },
  });
  stream.send(sequence(300_000));
  expect(isFirst).toBe(false);
  gateway.settle();
  expect(arrived().equals(sequence(count))).toBe(true);
  if (end !== undefined) expect(gateway.streams.get(stream.id)?.endedAt.get(end)).toBe(count);
});

test('who resets from within the onProgress of a long send drops the rest of it', () => {
  const { gateway, stream, arrived } = open({ onProgress: () => stream.reset() });
  stream.send(sequence(300_000));
  gateway.settle();
  expect(arrived().equals(sequence(DATA_BYTES_MAX))).toBe(true);
  expect(gateway.streams.get(stream.id)?.endedAt.get(FrameType.RST)).toBe(DATA_BYTES_MAX);
});

test('a copy that was lent while a flush ran is used again after the next one', () => {
  const copies = new SendCopies();
  const lend = (): Uint8Array => {
    const copy = copies.copy(new Uint8Array(DATA_BYTES_MAX), 0, DATA_BYTES_MAX);
    copies.lend(copy);
    return copy;
  };
  let lent: Uint8Array | undefined;
  copies.around(() => {
    lent = lend(); // on drain
  });
  expect(lend()).not.toBe(lent);
  copies.around(() => undefined);
  expect([lend(), lend()]).toContain(lent);
});
