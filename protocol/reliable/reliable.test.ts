import { beforeEach, describe, expect, test } from 'vitest';
import { createPayload, encodeFrame, type Frame, FrameType, MESSAGE_BYTES_MAX } from '../frame.ts';
import { MessagePool } from '../message-pool.ts';
import { encodeU32 } from '../payloads.ts';
import { failureOf } from '../testing/failures.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { RecordedTransport } from '../testing/recorded-transport.ts';
import { Reliable, RING_BYTES, TRANSPORT_HIGH_WATER, UNACKNOWLEDGED_BYTES } from './reliable.ts';
import type { ReliableOptions } from './reliable-options.ts';

let clock: ManualClock;
let transport: RecordedTransport;
let received: Frame[];
let drains: number;

beforeEach(() => {
  clock = new ManualClock();
  transport = new RecordedTransport();
  received = [];
  drains = 0;
});

/** Flushes only when told to, so that a test decides what shares a message. */
function createReliable(options: Partial<ReliableOptions> = {}): Reliable {
  const onDrain = (): void => {
    drains += 1;
  };
  return new Reliable({ clock, schedule: () => {}, onFrame: (frame) => received.push(frame), onDrain, ...options });
}
function attached(options: Partial<ReliableOptions> = {}): Reliable {
  const reliable = createReliable(options);
  reliable.attach(transport, options.originSeq ?? 0);
  drains = 0;
  return reliable;
}
function sendData(reliable: Reliable, count: number, bytes = 1): void {
  for (let index = 0; index < count; index += 1) reliable.send(FrameType.DATA, 1, new Uint8Array(bytes));
}
function dataFrame(seq: number, bytes = 1): Uint8Array {
  return encodeFrame({ type: FrameType.DATA, seq, stream: 1, payload: new Uint8Array(bytes) });
}
function ackFrame(seq: number): Uint8Array {
  return encodeFrame({ type: FrameType.ACK, seq: 0, stream: 0, payload: encodeU32(seq) });
}
const join = (...frames: Uint8Array[]): Uint8Array => Uint8Array.from(frames.flatMap((frame) => [...frame]));

describe('sending', () => {
  test('frames queued before a flush share one message and keep their numbers and borders', () => {
    const reliable = attached();
    reliable.send(FrameType.OPEN, 1, Uint8Array.of(1, 2));
    reliable.send(FrameType.CLOSE, 1, new Uint8Array());
    reliable.send(FrameType.DATA, 3, Uint8Array.of(3));
    reliable.flush();
    expect(transport.messages).toHaveLength(1);
    expect(transport.frames).toEqual([
      { type: FrameType.OPEN, seq: 1, stream: 1, payload: Uint8Array.of(1, 2) },
      { type: FrameType.CLOSE, seq: 2, stream: 1, payload: new Uint8Array() },
      { type: FrameType.DATA, seq: 3, stream: 3, payload: Uint8Array.of(3) },
    ]);
  });
  test('one flush is scheduled for many frames, and another after it ran', () => {
    const flushes: (() => void)[] = [];
    const reliable = attached({ schedule: (flush) => flushes.push(flush) });
    sendData(reliable, 3);
    expect(flushes).toHaveLength(1);
    flushes[0]?.();
    sendData(reliable, 1);
    expect(flushes).toHaveLength(2);
    expect(transport.seqs).toEqual([1, 2, 3]);
  });
  test('no message is longer than it may be, and two blocks of 32 KiB share one', () => {
    const reliable = attached();
    sendData(reliable, 3, 32_768);
    reliable.send(FrameType.DGRAM, 1, new Uint8Array(65_535));
    reliable.flush();
    expect(transport.messages.map(({ length }) => length)).toEqual([2 * (11 + 32_768), 11 + 32_768, 11 + 65_535]);
    for (const { length } of transport.messages) expect(length).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
    expect(transport.seqs).toEqual([1, 2, 3, 4]);
  });
  test('the same bytes sent twice stay apart, wherever in a buffer they lie, and the buffer stays as it is', () => {
    for (let offset = 0; offset < 24; offset += 1) {
      const buffer = new Uint8Array(offset + 3).fill(0xa5);
      const reliable = createReliable();
      reliable.send(FrameType.DATA, 1, buffer.subarray(offset));
      reliable.flush();
      reliable.send(FrameType.DATA, 3, buffer.subarray(offset));
      const next = new RecordedTransport();
      reliable.attach(next, 0);
      expect(next.frames.map(({ seq, stream }) => [seq, stream])).toEqual([
        [1, 1],
        [2, 3],
      ]);
      expect(buffer).toEqual(new Uint8Array(offset + 3).fill(0xa5));
    }
  });
  test('a payload made with room for its header is sent without a copy, once', () => {
    const reliable = attached();
    const payload = createPayload(2);
    payload.set([1, 2]);
    reliable.send(FrameType.DATA, 1, payload);
    reliable.flush();
    reliable.send(FrameType.DATA, 3, payload);
    reliable.flush();
    const [first, second] = transport.messages;
    expect(first?.buffer).toBe(payload.buffer);
    expect(second?.buffer).not.toBe(payload.buffer);
    expect(transport.frames).toEqual([
      { type: FrameType.DATA, seq: 1, stream: 1, payload: Uint8Array.of(1, 2) },
      { type: FrameType.DATA, seq: 2, stream: 3, payload: Uint8Array.of(1, 2) },
    ]);
  });
  test('a long payload with room for its header leaves at once, behind what waited, and its buffer comes back', () => {
    const pool = new MessagePool(1);
    const reliable = attached({ pool });
    sendData(reliable, 1);
    const payload = pool.takePayload(20_000).fill(7);
    reliable.send(FrameType.DATA, 3, payload);
    expect(transport.seqs).toEqual([1, 2]);
    expect(transport.messages[1]?.buffer).toBe(payload.buffer);
    for (const onSent of transport.sentCallbacks) onSent();
    expect(pool.free).toBe(0);
    reliable.receive(transport, ackFrame(2));
    expect(pool.free).toBe(1);
  });
  test('refuses a payload that the length field does not take', () => {
    const reliable = attached();
    expect(failureOf(() => sendData(reliable, 1, 65_536)).code).toBe('FRAME_INVALID');
    expect(reliable.unacknowledged).toBe(0);
  });
  test('what is queued without a transport goes out with the first, in order', () => {
    const reliable = createReliable();
    sendData(reliable, 2);
    reliable.flush();
    sendData(reliable, 1);
    expect(reliable.isAttached).toBe(false);
    reliable.attach(transport, 0);
    expect(transport.seqs).toEqual([1, 2, 3]);
  });
});

describe('a full transport', () => {
  test('gets no more until it has drained', () => {
    const reliable = attached();
    sendData(reliable, 1);
    reliable.flush();
    transport.buffered = TRANSPORT_HIGH_WATER;
    sendData(reliable, 1);
    reliable.flush();
    expect(reliable.hasRoomOrNotify()).toBe(false);
    expect(transport.seqs).toEqual([1]);
    transport.buffered = TRANSPORT_HIGH_WATER - 1;
    transport.sentCallbacks[0]?.();
    expect(transport.seqs).toEqual([1, 2]);
    expect(drains).toBe(1);
  });
  test('goes on when an ACK comes, where the host does not tell that a message has left', () => {
    const reliable = attached();
    sendData(reliable, 1);
    reliable.flush();
    transport.buffered = TRANSPORT_HIGH_WATER;
    sendData(reliable, 1);
    reliable.flush();
    transport.buffered = 0;
    reliable.receive(transport, ackFrame(1));
    expect(transport.seqs).toEqual([1, 2]);
    expect(drains).toBe(1);
  });
  test('is given one message all the same while none is under way, or nothing would ever restart it', () => {
    transport.buffered = TRANSPORT_HIGH_WATER;
    const reliable = attached();
    sendData(reliable, 1);
    reliable.flush();
    sendData(reliable, 1);
    reliable.flush();
    expect(transport.seqs).toEqual([1]);
    reliable.receive(transport, ackFrame(1));
    expect(transport.seqs).toEqual([1, 2]);
  });
  test('that drains late, after it was replaced, moves nothing', () => {
    const reliable = attached();
    sendData(reliable, 1);
    reliable.flush();
    const next = new RecordedTransport();
    reliable.attach(next, 0);
    next.buffered = TRANSPORT_HIGH_WATER;
    sendData(reliable, 1);
    drains = 0;
    transport.sentCallbacks[0]?.();
    expect([drains, transport.seqs, next.seqs]).toEqual([0, [1], [1]]);
  });
  test('counts what waits to be packed', () => {
    const reliable = attached();
    transport.buffered = TRANSPORT_HIGH_WATER - 11 - 2;
    sendData(reliable, 1, 1);
    expect(reliable.hasRoomOrNotify()).toBe(true);
    sendData(reliable, 1, 0);
    expect(reliable.hasRoomOrNotify()).toBe(false);
  });
});

describe('room', () => {
  test('ends at the allowance of unacknowledged bytes and comes back with an ACK', () => {
    const reliable = createReliable();
    const size = 16_384;
    while (reliable.hasRoomOrNotify()) sendData(reliable, 1, size - 11);
    expect(reliable.unacknowledged).toBe(UNACKNOWLEDGED_BYTES);
    reliable.attach(transport, 0);
    expect(reliable.hasRoomOrNotify()).toBe(false);
    reliable.receive(transport, ackFrame(4));
    expect(reliable.unacknowledged).toBe(UNACKNOWLEDGED_BYTES - 4 * size);
    expect(reliable.hasRoomOrNotify()).toBe(true);
  });
  test('the ring has a hard end, to the byte', () => {
    const reliable = createReliable();
    const frameBytes = 65_536;
    sendData(reliable, RING_BYTES / frameBytes, frameBytes - 11);
    expect(reliable.unacknowledged).toBe(RING_BYTES);
    expect(failureOf(() => sendData(reliable, 1, 0)).code).toBe('RING_FULL');
    reliable.attach(transport, 0);
    reliable.receive(transport, ackFrame(1));
    sendData(reliable, 1, frameBytes - 11);
    expect(failureOf(() => sendData(reliable, 1, 0)).code).toBe('RING_FULL');
  });
});

describe('receiving', () => {
  test('hands on each frame once, in order, and drops what it has had', () => {
    const reliable = attached();
    reliable.receive(transport, join(dataFrame(1), dataFrame(2)));
    reliable.receive(transport, join(dataFrame(1), dataFrame(2), dataFrame(3)));
    expect(received.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(reliable.received).toBe(3);
  });
  test.each([
    ['one missing', [1], 3],
    ['the first missing', [], 2],
    ['a number from before the beginning', [], 0xffff_ffff],
    ['half the circle away, where there is no order', [1], 0x8000_0001],
  ])('treats a gap as fatal: %s', (_, before, seq) => {
    const reliable = attached();
    for (const each of before) reliable.receive(transport, dataFrame(each));
    expect(failureOf(() => reliable.receive(transport, dataFrame(seq))).code).toBe('SEQUENCE_GAP');
    expect(reliable.received).toBe(before.length);
  });
  test('acknowledges small things after a while, once', () => {
    const reliable = attached();
    reliable.receive(transport, dataFrame(1));
    clock.advance(99);
    reliable.receive(transport, dataFrame(2));
    expect(transport.acks).toEqual([]);
    clock.advance(1);
    expect(transport.acks).toEqual([2]);
    clock.advance(1_000);
    expect(transport.acks).toEqual([2]);
  });
  test('a sender that found no room is called back when the queue has been packed', () => {
    const flushes: (() => void)[] = [];
    const reliable = attached({ schedule: (flush) => flushes.push(flush) });
    drains = 0;
    sendData(reliable, 1);
    transport.buffered = TRANSPORT_HIGH_WATER;
    expect(reliable.hasRoomOrNotify()).toBe(false);
    flushes[0]?.();
    expect(drains).toBe(0);
    transport.buffered = 0;
    sendData(reliable, 1);
    flushes[1]?.();
    expect(drains).toBe(1);
  });
  test('while nobody has asked for room nobody is told that there is', () => {
    const flushes: (() => void)[] = [];
    const reliable = attached({ schedule: (flush) => flushes.push(flush) });
    drains = 0;
    sendData(reliable, 1);
    expect(reliable.hasRoomOrNotify()).toBe(true);
    flushes[0]?.();
    transport.sentCallbacks[0]?.();
    expect(drains).toBe(0);
  });
  test('acknowledges 64 KiB with the next flush, and once a message', () => {
    const flushes: (() => void)[] = [];
    const reliable = attached({ schedule: (flush) => flushes.push(flush) });
    reliable.receive(transport, dataFrame(1, 32_768));
    expect(flushes).toEqual([]);
    reliable.receive(transport, join(dataFrame(2, 16_384), dataFrame(3, 16_384), dataFrame(4, 16_384)));
    for (const flush of flushes) flush();
    expect(transport.acks).toEqual([4]);
    expect(clock.pending).toBe(0);
  });
  test('an ACK that is due goes in front of a short message, and is not replayed with it', () => {
    const reliable = attached();
    reliable.receive(transport, dataFrame(1, 65_535));
    sendData(reliable, 1);
    reliable.flush();
    expect(transport.messages).toHaveLength(1);
    expect(transport.frames.map(({ type }) => type)).toEqual([FrameType.ACK, FrameType.DATA]);
    const next = new RecordedTransport();
    reliable.attach(next, 0);
    expect(next.frames.map(({ type }) => type)).toEqual([FrameType.DATA]);
  });
  test('an ACK that the transport had no room for comes as soon as it has', () => {
    const reliable = attached();
    transport.buffered = 2 * TRANSPORT_HIGH_WATER;
    reliable.receive(transport, dataFrame(1, 65_535));
    reliable.flush();
    clock.advance(1_000);
    expect(transport.acks).toEqual([]);
    transport.buffered = 0;
    clock.advance(100);
    expect(transport.acks).toEqual([1]);
    expect(clock.pending).toBe(0);
  });
  test('no ACK is owed after a cut: HELLO or WELCOME says it', () => {
    const reliable = attached();
    reliable.receive(transport, dataFrame(1));
    reliable.detach();
    expect(clock.pending).toBe(0);
    const next = new RecordedTransport();
    reliable.attach(next, 0);
    clock.advance(1_000);
    expect(next.acks).toEqual([]);
  });
  test('nothing of a transport that was left is processed, not even the rest of its message', () => {
    const reliable = attached({
      onFrame: (frame) => {
        received.push(frame);
        reliable.detach();
      },
    });
    reliable.receive(transport, join(dataFrame(1), dataFrame(2)));
    reliable.receive(transport, dataFrame(2));
    expect(received.map(({ seq }) => seq)).toEqual([1]);
    expect(reliable.received).toBe(1);
  });
  test('an answer sent from within onFrame goes out', () => {
    const reliable = attached({ onFrame: ({ stream }) => reliable.send(FrameType.CREDIT, stream, encodeU32(1)) });
    reliable.receive(transport, join(dataFrame(1), dataFrame(2)));
    reliable.flush();
    expect(transport.seqs).toEqual([1, 2]);
  });
});

describe('unnumbered frames', () => {
  test('go at once, or are lost', () => {
    const reliable = createReliable();
    expect(reliable.sendUnnumbered(FrameType.PING, 0, encodeU32(1))).toBe(false);
    reliable.attach(transport, 0);
    expect(transport.messages).toEqual([]);
    sendData(reliable, 1);
    expect(reliable.sendUnnumbered(FrameType.PING, 0, encodeU32(2))).toBe(true);
    expect(transport.frames).toEqual([{ type: FrameType.PING, seq: 0, stream: 0, payload: encodeU32(2) }]);
    expect(reliable.unacknowledged).toBe(12);
  });
  test('are dropped while the other end does not read', () => {
    const reliable = attached();
    transport.buffered = 131_071;
    expect(reliable.sendUnnumbered(FrameType.PONG, 0, encodeU32(1))).toBe(true);
    transport.buffered = 2 * TRANSPORT_HIGH_WATER;
    expect(reliable.sendUnnumbered(FrameType.PONG, 0, encodeU32(2))).toBe(false);
    expect(reliable.isAttached).toBe(true);
    expect(transport.frames).toHaveLength(1);
  });
  test('are handed on between the numbered; ACK is for this layer', () => {
    const reliable = attached();
    const ping = encodeFrame({ type: FrameType.PING, seq: 0, stream: 0, payload: encodeU32(7) });
    reliable.receive(transport, join(dataFrame(1), ping, dataFrame(2), ackFrame(0)));
    expect(received.map(({ type }) => type)).toEqual([FrameType.DATA, FrameType.PING, FrameType.DATA]);
  });
});

describe('acknowledging', () => {
  test('a part of a message keeps the whole of it, and its replay is dropped by the other end', () => {
    const reliable = attached();
    sendData(reliable, 3);
    reliable.flush();
    reliable.receive(transport, ackFrame(2));
    expect(reliable.unacknowledged).toBe(3 * 12);
    const next = new RecordedTransport();
    reliable.attach(next, 2);
    expect(next.seqs).toEqual([1, 2, 3]);
    reliable.receive(next, ackFrame(3));
    expect(reliable.unacknowledged).toBe(0);
  });
  test.each([
    ['more than was sent', 4],
    ['what is still in the queue', 3],
    ['less than before', 1],
    ['nothing, after something', 0],
    ['half the circle', 0x8000_0002],
  ])('%s is an error', (_, seq) => {
    const reliable = attached();
    sendData(reliable, 2);
    reliable.flush();
    reliable.receive(transport, ackFrame(2));
    sendData(reliable, 1);
    expect(failureOf(() => reliable.receive(transport, ackFrame(seq))).code).toBe('ACK_INVALID');
    expect(reliable.unacknowledged).toBe(12);
  });
  test('an ACK too short for its number is an error', () => {
    const reliable = attached();
    const short = encodeFrame({ type: FrameType.ACK, seq: 0, stream: 0, payload: new Uint8Array(3) });
    expect(failureOf(() => reliable.receive(transport, short)).code).toBe('MESSAGE_INVALID');
  });
  test('the same again is none', () => {
    const reliable = attached();
    sendData(reliable, 2);
    reliable.flush();
    reliable.receive(transport, ackFrame(1));
    reliable.receive(transport, ackFrame(1));
    reliable.receive(transport, ackFrame(2));
    expect(reliable.unacknowledged).toBe(0);
  });
});

describe('attaching', () => {
  test('trims what has arrived, replays the rest, then sends anew', () => {
    const reliable = attached();
    for (let count = 0; count < 3; count += 1) {
      sendData(reliable, 1);
      reliable.flush();
    }
    sendData(reliable, 1);
    const next = new RecordedTransport();
    reliable.attach(next, 1);
    expect(next.seqs).toEqual([2, 3, 4]);
    expect(transport.seqs).toEqual([1, 2, 3]);
    expect(drains).toBe(1);
  });
  test('with a number that cannot be is refused, and leaves the present transport at work', () => {
    const reliable = attached();
    sendData(reliable, 2);
    reliable.flush();
    reliable.receive(transport, ackFrame(2));
    const late = new RecordedTransport();
    expect(reliable.canResumeFrom(1)).toBe(false);
    expect(failureOf(() => reliable.attach(late, 1)).code).toBe('ACK_INVALID');
    sendData(reliable, 1);
    reliable.flush();
    expect([transport.seqs, late.seqs]).toEqual([[1, 2, 3], []]);
  });
  test('believes what arrived through a link before the last, even where the last has not been given it again', () => {
    const reliable = attached();
    for (let count = 0; count < 3; count += 1) {
      sendData(reliable, 1);
      reliable.flush();
    }
    const overtaken = new RecordedTransport();
    overtaken.buffered = TRANSPORT_HIGH_WATER;
    reliable.attach(overtaken, 0);
    expect(overtaken.seqs).toEqual([1]);
    const next = new RecordedTransport();
    expect(reliable.canResumeFrom(3)).toBe(true);
    reliable.attach(next, 3);
    sendData(reliable, 1);
    reliable.flush();
    expect(next.seqs).toEqual([4]);
  });
});

test('an ACK of what the present link has not brought ends the session, though an earlier one was given it', () => {
  const reliable = attached();
  for (let count = 0; count < 3; count += 1) {
    sendData(reliable, 1);
    reliable.flush();
  }
  const next = new RecordedTransport();
  next.buffered = TRANSPORT_HIGH_WATER;
  reliable.attach(next, 0);
  expect(next.seqs).toEqual([1]);
  reliable.receive(next, ackFrame(1));
  expect(failureOf(() => reliable.receive(next, ackFrame(3))).code).toBe('ACK_INVALID');
});

describe('a message that is acknowledged while a transport still reads it', () => {
  /** Tells how many bytes have left, as the gateway's does. */
  class CountingTransport extends RecordedTransport {
    sent = 0;
    readonly given = (): number => this.messages.reduce((sum, { length }) => sum + length, 0);
    readonly left = (): number => this.sent;
  }
  function sendLong(reliable: Reliable, pool: MessagePool): void {
    reliable.send(FrameType.DATA, 1, pool.takePayload(20_000).fill(7));
  }

  test('ends the session where not all of it has left', () => {
    const pool = new MessagePool(4);
    const counting = new CountingTransport();
    const reliable = createReliable({ pool });
    reliable.attach(counting, 0);
    sendLong(reliable, pool);
    sendLong(reliable, pool);
    counting.sent = counting.given() - 1;
    reliable.receive(counting, ackFrame(1));
    expect(failureOf(() => reliable.receive(counting, ackFrame(2))).code).toBe('ACK_INVALID');
    expect(pool.free).toBe(0);
  });
  test('keeps its buffer until the transport lets go, and gives it back once', () => {
    const pool = new MessagePool(4);
    const reliable = attached({ pool });
    sendLong(reliable, pool);
    reliable.receive(transport, ackFrame(1));
    expect(pool.free).toBe(0);
    transport.sentCallbacks[0]?.();
    transport.sentCallbacks[0]?.();
    expect(pool.free).toBe(1);
  });
  test('keeps its buffer for an earlier transport that has not released it, however often the later one says so', () => {
    const pool = new MessagePool(4);
    const reliable = attached({ pool });
    sendLong(reliable, pool);
    const next = new RecordedTransport();
    reliable.attach(next, 0);
    next.sentCallbacks[0]?.();
    next.sentCallbacks[0]?.();
    reliable.receive(next, ackFrame(1));
    expect(pool.free).toBe(0);
    transport.sentCallbacks[0]?.();
    expect(pool.free).toBe(1);
  });
  test('is free at once where send() has copied it', () => {
    const pool = new MessagePool(4);
    const reliable = createReliable({ pool });
    const copying = Object.assign(new RecordedTransport(), { isCopying: true });
    reliable.attach(copying, 0);
    sendLong(reliable, pool);
    reliable.receive(copying, ackFrame(1));
    expect(pool.free).toBe(1);
  });
});

test('what is sent once more waits for the budget, in order, and is not sent on another link meanwhile', () => {
  const waits = [0, 400, 0];
  const asked: number[] = [];
  const reliable = createReliable({
    waitToReplay: (bytes) => {
      asked.push(bytes);
      return waits.shift() ?? 0;
    },
  });
  reliable.attach(transport, 0);
  for (let count = 0; count < 3; count += 1) {
    sendData(reliable, 1);
    reliable.flush();
  }
  expect(asked).toEqual([]);
  const next = new RecordedTransport();
  reliable.attach(next, 0);
  sendData(reliable, 1);
  reliable.flush();
  expect(next.seqs).toEqual([1]);
  clock.advance(399);
  expect(next.seqs).toEqual([1]);
  clock.advance(1);
  expect(next.seqs).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([12, 12, 12, 12]);
  waits.push(400);
  const last = new RecordedTransport();
  reliable.attach(last, 1);
  reliable.detach();
  expect(clock.pending).toBe(0);
});

describe('a transport that throws', () => {
  test('counts as cut, and what it did not take is replayed', () => {
    const reliable = attached();
    const broken = { send: () => fail(), bufferedAmount: () => 0 };
    reliable.attach(broken, 0);
    sendData(reliable, 2);
    reliable.flush();
    expect(reliable.isAttached).toBe(false);
    reliable.attach(transport, 0);
    expect(transport.seqs).toEqual([1, 2]);
  });
  test('counts as cut for an unnumbered frame too', () => {
    const reliable = createReliable();
    reliable.attach({ send: () => fail(), bufferedAmount: () => 0 }, 0);
    expect(reliable.sendUnnumbered(FrameType.PING, 0, encodeU32(1))).toBe(false);
    expect(reliable.isAttached).toBe(false);
  });
  test('after it was replaced, from within its own send, does not cut the next one', () => {
    const reliable = createReliable();
    sendData(reliable, 1);
    const broken = {
      send: () => {
        reliable.attach(transport, 0);
        fail();
      },
      bufferedAmount: () => 0,
    };
    reliable.attach(broken, 0);
    expect(reliable.isAttached).toBe(true);
    expect(transport.seqs).toEqual([1]);
  });
});

test('a transport that tells at once that a message has left neither reorders nor exhausts the stack', () => {
  const reliable = createReliable();
  const messages: Uint8Array[] = [];
  const eager = {
    send: (message: Uint8Array, onSent: () => void) => {
      onSent();
      messages.push(message);
    },
    bufferedAmount: () => 0,
  };
  for (let count = 0; count < 20_000; count += 1) {
    sendData(reliable, 1);
    reliable.flush();
  }
  reliable.attach(eager, 0);
  const record = new RecordedTransport();
  record.messages.push(...messages);
  expect(record.seqs).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1));
});

test('numbers go round and step over 0, in both directions', () => {
  const originSeq = 0xffff_fffd;
  const reliable = attached({ originSeq });
  sendData(reliable, 4);
  reliable.flush();
  expect(transport.seqs).toEqual([0xffff_fffe, 0xffff_ffff, 1, 2]);
  expect(failureOf(() => reliable.receive(transport, ackFrame(0))).code).toBe('ACK_INVALID');
  reliable.receive(transport, ackFrame(1));
  expect(reliable.canResumeFrom(0xffff_ffff)).toBe(false);
  for (const seq of [0xffff_fffe, 0xffff_ffff, 1, 0xffff_ffff, 2]) reliable.receive(transport, dataFrame(seq));
  expect(received.map(({ seq }) => seq)).toEqual([0xffff_fffe, 0xffff_ffff, 1, 2]);
  expect(reliable.received).toBe(2);
});

function fail(): never {
  throw new Error('not open');
}
