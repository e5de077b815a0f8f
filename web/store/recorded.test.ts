import { expect, test } from 'vitest';
import type { StreamHandler } from '../../client/stream.ts';
import { encodeFrame, FrameType } from '../../protocol/frame.ts';
import { encodeMessage } from '../../protocol/messages/codec.ts';
import { PROTOCOL_VERSION } from '../../protocol/messages/session.ts';
import { clockShift } from '../../trace/clock-steps.ts';
import { encodeRecording } from '../../trace/export/encode-recording.ts';
import { encodePcapng } from '../../trace/export/pcapng/pcapng.ts';
import type { RecordedSocket, Recording } from '../../trace/export/recording.ts';
import { parseRecording } from '../../trace/export/recording-json.ts';
import { recordedSocket, recordingFrom } from '../../trace/recorded.ts';
import type { SocketIdentity } from '../../trace/socket/socket-facts.ts';
import { readPcapng } from '../../trace/testing/pcapng-reader.ts';
import { EPOCH, recordingOf, SocketScript } from '../../trace/testing/recordings.ts';
import { TimeLine } from '../../trace/time-line.ts';
import { LiveSocket } from './live-socket.ts';
import { Playground } from './playground.ts';

/** A playground whose gateway said WELCOME, its monotonic clock having begun at `epoch`, and nothing since. */
function welcomed(epoch: number): Playground {
  const limits = Object.fromEntries(
    'streams listeners framesPerSecond framesBurst bytesPerSecond bytesBurst opensPerSecond opensBurst datagramsPerSecond windowBytes unacknowledgedBytes backlog grace connectTimeout'
      .split(' ')
      .map((name) => [name, 1_000]),
  );
  const welcome = {
    version: PROTOCOL_VERSION,
    status: 'new',
    session: '0'.repeat(32),
    node: 'a',
    secret: '0'.repeat(32),
    received: 0,
  };
  const payload = encodeMessage({ ...welcome, now: 0, epoch, mode: 'class', queue: 'kernel', lab: [], limits });
  const playground = new Playground({
    dial: ({ onOpen, onMessage }) => {
      queueMicrotask(() => {
        onOpen();
        onMessage(encodeFrame({ type: FrameType.WELCOME, seq: 0, stream: 0, payload }));
      });
      return { send: () => undefined, bufferedAmount: () => 0, close: () => undefined };
    },
    clock: { now: () => 0, after: () => () => undefined },
    random: () => 0.5,
    schedule: (flush) => queueMicrotask(flush),
  });
  playground.client.start();
  return playground;
}

const told = new SocketScript({ id: 7, lab: 'Timestamp echo' })
  .connect()
  .send('local', 'hello')
  .recv('peer')
  .send('peer', 'HELLO')
  .recv('local');
const refused = new SocketScript({ id: 8 }).connect('ECONNREFUSED').done();
const recording = recordingOf(told.call('local', 'close').done(), refused);

/** What must survive: everything but the numbers, with times on the wall clock. */
function essence({ epoch, sockets }: Recording): unknown {
  const bytes = ({ sent, received }: RecordedSocket) =>
    [sent, received].map((stream) => [...stream.slice(0, stream.length)]);
  return sockets.map(({ id: _, sent: __, received: ___, events, ...rest }, index) => ({
    ...rest,
    bytes: bytes(sockets[index] as RecordedSocket),
    events: events.map((event) => ({ ...event, at: event.at + epoch * 1_000 })),
  }));
}

test.each([
  ['older than this session', EPOCH + 60_000],
  ['from this session', EPOCH],
  ['of a later clock', EPOCH - 60_000],
])('a recording %s is shown, and saved again as it was', async (_, epoch) => {
  const playground = welcomed(epoch);
  await expect.poll(() => playground.gateway().mode).toBe('class');
  const file = parseRecording(encodeRecording(recording));
  const restoring = playground.restoring(file.epoch, file.sockets);
  file.sockets.forEach(({ sent, received, events }, index) => {
    restoring.addBytes(index, 'sent', sent.slice(0, sent.length));
    restoring.addBytes(index, 'received', received.slice(0, received.length));
    for (const event of events) restoring.addEvents(index, [event]);
  });
  expect(playground.sockets()).toEqual([]);
  const records = restoring.show();
  expect(playground.sockets()).toEqual(records);
  expect(records.map(({ state, isOpen, isOver, canSend }) => [state, isOpen, isOver, canSend])).toEqual([
    ['CLOSED', false, true, false],
    ['CLOSED', false, true, false],
  ]);
  expect(records[0]?.lab).toBe('Timestamp echo');
  expect(records[1]?.failure?.code).toBe('ECONNREFUSED');

  const again = recordingFrom(records.map(recordedSocket));
  expect(again.sockets.flatMap(({ events }) => events).every(({ at }) => at >= 0)).toBe(true);
  expect(essence(again)).toEqual(essence(recording));
});

test('a recording that is opened before the gateway has answered keeps its times when it does', async () => {
  const playground = welcomed(EPOCH + 5_000_000);
  const restoring = playground.restoring(recording.epoch, recording.sockets);
  restoring.addEvents(0, told.done().events);
  const [record] = restoring.show();
  expect(playground.gateway().mode).toBeUndefined();
  const wall = () => record?.wallClock(record.log.at(0)?.at ?? 0);
  const before = wall();
  expect(before).toBe(EPOCH + 1.01);
  await expect.poll(() => playground.gateway().mode).toBe('class');
  expect(wall()).toBe(before);
});

const SECOND = 1_000_000;
/** A socket of a session whose server's clock is read by hand. */
function live(line: TimeLine): { record: LiveSocket; handler: StreamHandler } {
  const identity = {
    id: 1,
    ordinal: 1,
    kind: 'tcp',
    target: { host: '127.0.0.1', port: 8_009 },
    receiveSize: 1_024,
    line,
  };
  const record = new LiveSocket(identity as SocketIdentity);
  return { record, handler: record.handler() };
}
/** The wall times of a recording's events, in ms since EPOCH, each with the place that it has among the others. */
function wallTimes({ epoch, sockets }: Recording): number[] {
  const times = ({ events, clock = [] }: RecordedSocket) => events.map(({ at }) => at + clockShift(at, clock));
  return sockets.flatMap(times).map((at) => Math.round(at / 1_000 + epoch - EPOCH));
}

test('a server that starts again moves nothing of what was: saved times are those of the wall, the end is the last', () => {
  const line = new TimeLine();
  line.read(0, EPOCH);
  const { record, handler } = live(line);
  const local = { host: '127.0.0.1', port: 55_378 };
  handler.onOpened?.({ called: 900 * SECOND, at: 901 * SECOND, local, remote: record.target });
  line.read(2 * SECOND, EPOCH + 1_000_000);
  handler.onReset?.({ at: 2 * SECOND, code: 'ECONNRESET', text: 'the session was lost' });
  const [first, last] = [record.log.at(1), record.log.at(2)];
  expect(last?.at).toBeGreaterThan(first?.at ?? Number.NaN);
  const saved = recordingFrom([recordedSocket(record)]);
  expect(wallTimes(saved)).toEqual([900_000, 901_000, 1_002_000]);
  const { packets } = readPcapng(encodePcapng(saved));
  expect(packets.map(({ at }) => Math.round(at / 1_000 - EPOCH))).toEqual([900_000, 901_000, 901_000, 1_002_000]);
});

test('a wall clock that is set within a socket’s life is saved, and read back', () => {
  const line = new TimeLine();
  line.read(0, EPOCH);
  line.read(SECOND, EPOCH + 7_000);
  const { record, handler } = live(line);
  const local = { host: '127.0.0.1', port: 55_378 };
  handler.onOpened?.({ called: 2 * SECOND, at: 2 * SECOND, local, remote: record.target });
  line.read(3 * SECOND, EPOCH - 3_600_000);
  handler.onFin?.(4 * SECOND);
  const saved = recordingFrom([recordedSocket(record)]);
  expect(wallTimes(saved)).toEqual([9_000, 9_000, -3_596_000]);
  const [, opened, ended] = saved.sockets[0]?.events ?? [];
  expect(Number(ended?.at) - Number(opened?.at)).toBe(2 * SECOND);
  expect(saved.sockets[0]?.clock).toEqual([{ at: SECOND, by: -3_607 * SECOND }]);

  const file = parseRecording(encodeRecording(saved));
  const restoring = welcomed(EPOCH).restoring(file.epoch, file.sockets);
  restoring.addEvents(0, file.sockets[0]?.events ?? []);
  const [again] = restoring.show();
  expect(wallTimes(recordingFrom([recordedSocket(again as LiveSocket)]))).toEqual([9_000, 9_000, -3_596_000]);
  const { packets } = readPcapng(encodePcapng(file));
  expect(packets.map(({ at }) => Math.round(at / 1_000 - EPOCH))).toEqual([
    9_000, 9_000, 9_000, -3_596_000, -3_596_000,
  ]);
});

test('datagrams that the gateway dropped are counted, told once, saved and read back', () => {
  const news: string[] = [];
  const record = new LiveSocket(
    { id: 1, ordinal: 1, kind: 'udp', target: { host: '127.0.0.1', port: 8_011 }, receiveSize: 65_536 },
    (what) => news.push(what),
  );
  const handler = record.handler();
  handler.onPending?.({ at: 1, waiting: 128, max: 128, dropped: 1 });
  handler.onPending?.({ at: 2, waiting: 3, max: 128, dropped: 1_155, tooLong: 2 });
  expect(record.droppedDatagrams).toBe(1_155);
  expect(news).toEqual(['datagrams-dropped']);
  const file = parseRecording(encodeRecording(recordingFrom([recordedSocket(record)])));
  expect(file.sockets[0]?.droppedDatagrams).toBe(1_155);
  const [again] = welcomed(EPOCH).restoring(file.epoch, file.sockets).show();
  expect(again?.droppedDatagrams).toBe(1_155);
  expect(again?.tooLongDatagrams).toBe(2);
});

test('events that the log dropped are counted in the file, and by the log that it is read back into', () => {
  const record = new LiveSocket({
    id: 1,
    ordinal: 1,
    kind: 'tcp',
    target: { host: '127.0.0.1', port: 8_007 },
    receiveSize: 64,
    eventsKept: 100,
  });
  const handler = record.handler();
  for (let at = 0; at < 200; at += 1) {
    record.sent.append(Uint8Array.of(at));
    handler.onSent?.([{ at, count: 1 }]);
  }
  const { dropped } = record.log;
  expect(dropped).toBeGreaterThan(0);
  const file = parseRecording(encodeRecording(recordingFrom([recordedSocket(record)])));
  expect(file.sockets[0]?.droppedEvents).toBe(dropped);
  const [again] = welcomed(EPOCH).restoring(file.epoch, file.sockets).show();
  expect(again?.log.dropped).toBe(dropped);
});
