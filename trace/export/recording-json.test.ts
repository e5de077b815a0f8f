import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_NAMES } from '../../protocol/call.ts';
import { ERRNO_NAMES, ERROR_CODES } from '../../protocol/errors.ts';
import { failureOf } from '../../protocol/testing/failures.ts';
import type { TraceEvent } from '../event.ts';
import { EPOCH, recordingOf, SocketScript, tcpSockets } from '../testing/recordings.ts';
import { encodeRecording } from './encode-recording.ts';
import { type RecordedSocket, type Recording, readerOf } from './recording.ts';
import { parseRecording } from './recording-json.ts';

/** Readers are compared by what they read. */
function contents({ sockets, ...rest }: Recording): unknown {
  const bytes = ({ sent, received }: RecordedSocket) =>
    [sent, received].map((stream) => [...stream.slice(0, stream.length)]);
  return {
    ...rest,
    sockets: sockets.map((socket) => ({ ...socket, sent: bytes(socket)[0], received: bytes(socket)[1] })),
  };
}

const count = fc.maxSafeNat();
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const peerEvent: fc.Arbitrary<TraceEvent> = fc.record({
  at: count,
  end: fc.constant('peer'),
  call: fc.constantFrom(...CALL_NAMES),
  argument: optional(count),
  direction: fc.constantFrom('sent', 'received', undefined),
  offset: count,
  count,
  text: fc.string({ unit: 'binary' }),
  error: optional(fc.constantFrom(...ERRNO_NAMES, ...ERROR_CODES)),
  took: optional(count),
  whole: optional(count),
}) as fc.Arbitrary<TraceEvent>;
const endpoint = fc.record({ host: fc.string({ maxLength: 64 }), port: fc.nat(65_535) });

test('a recording comes back as it was', () => {
  const socket = fc
    .tuple(
      tcpSockets,
      fc.array(peerEvent),
      fc.record({ local: endpoint, remote: endpoint, lab: fc.string({ maxLength: 32 }) }, { requiredKeys: [] }),
    )
    .map(([{ id, kind, events, sent, received }, more, named]) => ({
      id,
      kind,
      sent,
      received,
      ...named,
      events: [...events, ...more],
    }));
  const recordings = fc.record({
    version: fc.constant(1 as const),
    epoch: fc.double({ min: 0, max: EPOCH * 2, noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
    sockets: fc.uniqueArray(socket, { maxLength: 4, selector: ({ id }) => id }),
  });
  fc.assert(
    fc.property(recordings, (recording) => {
      expect(contents(parseRecording(encodeRecording(recording)))).toEqual(contents(recording));
    }),
  );
});

test('what was not known stays unknown', () => {
  const [socket] = parseRecording(
    encodeRecording(
      recordingOf({
        id: 1,
        kind: 'tcp',
        events: [],
        sent: readerOf(new Uint8Array()),
        received: readerOf(new Uint8Array()),
      }),
    ),
  ).sockets;
  expect(Object.keys(socket ?? {})).toEqual(['id', 'kind', 'sent', 'received', 'events']);
});

test('what was dropped, and where the clock was set, is told where there was such', () => {
  const socket = new SocketScript().connect().done();
  const more = {
    droppedEvents: 7,
    droppedDatagrams: 1_155,
    tooLongDatagrams: 2,
    clock: [{ at: 5, by: -3_600_000_000 }],
  };
  const [told] = parseRecording(encodeRecording(recordingOf({ ...socket, ...more }))).sockets;
  expect(told).toMatchObject(more);
  const [untold] = parseRecording(encodeRecording(recordingOf(socket))).sockets;
  for (const name of Object.keys(more)) expect(untold).not.toHaveProperty(name);
});

describe('what is refused, and why', () => {
  const good = JSON.parse(encodeRecording(recordingOf(new SocketScript().connect().send('local', 'hello').done())));
  /** The good recording with one change at a path. */
  function changed(path: string, value: unknown): string {
    const copy = structuredClone(good);
    const keys = path.split('/');
    const last = keys.pop() as string;
    let parent = copy;
    for (const key of keys) parent = parent[key];
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    return JSON.stringify(copy);
  }
  test.each([
    ['no JSON', 'hello', 'the file is not JSON'],
    ['nothing', '', 'the file is not JSON'],
    ['another kind of JSON', '{"a":1}', 'the file is no recording of Socket Playground'],
    ['null', 'null', 'the file is no recording of Socket Playground'],
    ['a later version', changed('version', 2), 'the recording has version 2, this program reads version 1'],
    ['a version that is no number', changed('version', '1'), 'version: must be number'],
    ['no sockets', changed('sockets', undefined), 'the recording: must have required properties sockets'],
    ['a time before 1970', changed('epoch', -1), 'epoch: must be >= 0'],
    ['a field of no meaning', changed('sockets/0/evil', 1), 'sockets/0: must not have additional properties'],
    [
      'a prototype',
      JSON.stringify(good).replace('"id"', '"__proto__":{},"id"'),
      'sockets/0: must not have additional properties',
    ],
    ['a kind that is none', changed('sockets/0/kind', 'raw'), /^sockets\/0\/kind: /],
    ['a port that is none', changed('sockets/0/remote/port', 65_536), 'sockets/0/remote/port: must be <= 65535'],
    ['bytes that are no Base64', changed('sockets/0/sent', 'aGVsbG8'), /^sockets\/0\/sent: Base64: /],
    ['a count of events that is none', changed('sockets/0/droppedEvents', -1), /^sockets\/0\/droppedEvents: /],
    ['a clock that is set without a time', changed('sockets/0/clock', [{ by: 1 }]), /^sockets\/0\/clock\/0/],
    [
      'a clock that is set before it was',
      changed('sockets/0/clock', [
        { at: 2, by: 1 },
        { at: 1, by: 1 },
      ]),
      'sockets/0/clock/1: is earlier than the one before',
    ],
    ['events that are no list', changed('sockets/0/events', { 0: {} }), 'sockets/0/events: must be an array'],
    ['no events', changed('sockets/0/events', undefined), /^sockets\/0.*events/],
    ['an event that is a number', changed('sockets/0/events/0', 7), 'sockets/0/events/0: must be an object'],
    ['an event without its time', changed('sockets/0/events/0/at', undefined), 'sockets/0/events/0/at: is missing'],
    ['a time that is a fraction', changed('sockets/0/events/0/at', 0.5), 'sockets/0/events/0/at: cannot be this'],
    [
      'a text longer than any call’s',
      changed('sockets/0/events/0/text', 'x'.repeat(65_536)),
      'sockets/0/events/0/text: cannot be this',
    ],
    ['a call that is none', changed('sockets/0/events/0/call', 'toString'), 'sockets/0/events/0/call: cannot be this'],
    [
      'an error that is none',
      changed('sockets/0/events/0/error', 'constructor'),
      'sockets/0/events/0/error: cannot be this',
    ],
    [
      'a field of an event that is none',
      changed('sockets/0/events/0/evil', 1),
      'sockets/0/events/0/evil: there is no such field',
    ],
    ['a negative count', changed('sockets/0/events/1/count', -1), 'sockets/0/events/1/count: cannot be this'],
    [
      'bytes past the stream',
      changed('sockets/0/events/1/count', 6),
      'sockets/0/events/1: moves bytes up to 6, and 5 were sent',
    ],
    [
      'two sockets of one id',
      JSON.stringify({ ...good, sockets: [good.sockets[0], good.sockets[0]] }),
      'two sockets have the same id',
    ],
  ])('%s', (_, text, message) => {
    expect(failureOf(() => parseRecording(text))).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  test('any JSON in the place of any value is read or refused, and nothing else happens', () => {
    const paths = [
      'format',
      'version',
      'epoch',
      'sockets',
      'sockets/0',
      'sockets/0/id',
      'sockets/0/local',
      'sockets/0/events',
      'sockets/0/droppedEvents',
      'sockets/0/droppedDatagrams',
      'sockets/0/clock',
    ];
    paths.push(
      'sockets/0/lab',
      'sockets/0/received',
      'sockets/0/events/1',
      ...Object.keys(good.sockets[0].events[1]).map((name) => `sockets/0/events/1/${name}`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        try {
          parseRecording(changed(path, value));
        } catch (error) {
          expect(error).toMatchObject({ code: 'MESSAGE_INVALID' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
