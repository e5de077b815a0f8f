import { expect, test } from 'vitest';
import { encodeRecording } from './export/encode-recording.ts';
import { parseRecording } from './export/recording-json.ts';
import { RECORDED_BYTES_MAX, SocketRecorder } from './recorder.ts';

function record(kept?: number): SocketRecorder {
  let at = 0;
  const now = (): number => {
    at += 1;
    return at;
  };
  return new SocketRecorder({ kind: 'tcp', now, ...(kept === undefined ? {} : { kept }) });
}

test('calls and bytes, with times and offsets of each direction', () => {
  const recorder = record();
  recorder.call('connect', { text: '127.0.0.1:7' });
  recorder.moved('send', 'sent', Uint8Array.of(1, 2));
  recorder.moved('recv', 'received', Uint8Array.of(9));
  recorder.moved('send', 'sent', Uint8Array.of(3));
  recorder.moved('recv', 'received', new Uint8Array(), { error: 'ECONNRESET' });
  const { events, sent, received } = recorder.recorded(4);
  expect(events.map(({ at, call, offset, count, error }) => [at, call, offset, count, error])).toEqual([
    [1, 'connect', 0, 0, undefined],
    [2, 'send', 0, 2, undefined],
    [3, 'recv', 0, 1, undefined],
    [4, 'send', 2, 1, undefined],
    [5, 'recv', 1, 0, 'ECONNRESET'],
  ]);
  expect([sent.slice(0, 9), received.slice(0, 9)]).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(9)]);
});

test.each([
  ['kept', 5],
  ['recorded', Number.POSITIVE_INFINITY],
])('what is not %s is told, and the recording can be read again', (_what, kept) => {
  const recorder = record(kept);
  const limit = Math.min(kept, RECORDED_BYTES_MAX);
  recorder.moved('send', 'sent', new Uint8Array(limit - 2));
  recorder.moved('send', 'sent', new Uint8Array(7));
  recorder.moved('send', 'sent', new Uint8Array(1));
  const socket = recorder.recorded(1);
  expect(socket.sent.length).toBe(limit);
  expect(socket.events.map(({ offset, count }) => [offset, count])).toEqual([
    [0, limit - 2],
    [limit - 2, 2],
    [limit, 0],
    [0, 0],
  ]);
  expect(socket.events.at(-1)?.text).toBe('not recorded: 6 bytes more were sent');
  // Who reads its bytes from the recorder has all of them; and 8 MiB need not be written down as JSON to be tested.
  if (kept > limit) expect(recorder.sent.length).toBe(limit + 6);
  else expect(parseRecording(encodeRecording({ version: 1, epoch: 0, sockets: [socket] })).sockets).toHaveLength(1);
});
