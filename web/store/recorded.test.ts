import { expect, test } from 'vitest';
import { encodeFrame, FrameType } from '../../protocol/frame.ts';
import { encodeMessage, PROTOCOL_VERSION } from '../../protocol/messages.ts';
import type { RecordedSocket, Recording } from '../../trace/export/recording.ts';
import { encodeRecording, parseRecording } from '../../trace/export/session-json.ts';
import { EPOCH, recordingOf, SocketScript } from '../../trace/testing/recordings.ts';
import { Playground } from './playground.ts';
import { recordedSocket, recordingFrom } from './recorded.ts';

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

  const again = recordingFrom(playground.wallClock(0), records.map(recordedSocket));
  expect(again.sockets.flatMap(({ events }) => events).every(({ at }) => at >= 0)).toBe(true);
  expect(essence(again)).toEqual(essence(recording));
});
