import { expect, test } from 'vitest';
import type { End, TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';
import { LadderRows } from './rows.ts';
import { wireOf } from './wire.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'end' | 'call'>;
/** The wire of each row of a ladder, in short. */
function wires(socket: SocketKind, ...told: readonly Told[]): string[] {
  const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '', error: undefined } as const;
  const events = told.map((one, at): TraceEvent => ({ ...blank, at, took: undefined, ...one }));
  const log = { length: () => events.length, at: (index: number) => events[index] };
  const rows = new LadderRows({ log, kind: socket, column: 'left' });
  rows.update();
  return Array.from({ length: rows.count }, (_, place) => {
    const wire = wireOf(rows.row(place), () => socket);
    if (wire === undefined || wire.kind === 'earlier') return wire?.kind ?? '';
    const arrow = wire.to === 'right' ? '→' : '←';
    if (wire.kind === 'inferred') return `${arrow} ${wire.what}`;
    return wire.kind === 'rest' ? `rest ${wire.call.event.count}` : `${arrow} ${wire.call.event.count}`;
  });
}
const send = (end: End, count: number): Told => ({
  end,
  call: 'send',
  count,
  direction: end === 'local' ? 'sent' : 'received',
});
const recv = (end: End, count: number, offset = 0): Told => ({
  end,
  call: 'recv',
  count,
  offset,
  direction: end === 'local' ? 'received' : 'sent',
});

test('bytes go the way of the call that sent them, both calls in one row', () => {
  expect(wires('tcp', send('local', 12), recv('peer', 12), send('peer', 41), recv('local', 41))).toEqual([
    '→ 12',
    '← 41',
  ]);
});
test('bytes from an end that is not observed are measured where they arrive', () => {
  expect(wires('tcp', send('local', 3), recv('local', 5))).toEqual(['→ 3', '← 5']);
});
test('a second read of what one send sent is its rest', () => {
  expect(wires('tcp', send('local', 8), recv('peer', 5), recv('peer', 3, 5))).toEqual(['→ 8', 'rest 3']);
});
test.each<[string, Told, string]>([
  ['a connect', { end: 'local', call: 'connect' }, '→ handshake'],
  ['a refused connect', { end: 'local', call: 'connect', error: 'ECONNREFUSED' }, '→ refused'],
  ['a connect without an answer', { end: 'local', call: 'connect', error: 'CONNECT_TIMEOUT' }, '→ syn'],
  ['a connect that the policy refused', { end: 'local', call: 'connect', error: 'TARGET_FORBIDDEN' }, ''],
  ['an accept of the page itself, for it moves no packet', { end: 'local', call: 'accept' }, 'earlier'],
  ['an accept of the peer, whose handshake is the row of connect', { end: 'peer', call: 'accept' }, ''],
  ['a half-close', { end: 'local', call: 'shutdown' }, '→ fin'],
  ['the peer’s close', { end: 'peer', call: 'close' }, '← fin'],
  ['an end of file from an end that is not observed', { end: 'local', call: 'recv', direction: 'received' }, '← fin'],
  ['a reset', { end: 'local', call: 'reset' }, '→ reset'],
  ['a reset by the peer', { end: 'local', call: 'recv', error: 'ECONNRESET' }, '← reset'],
  ['a reset seen by the peer', { end: 'peer', call: 'recv', error: 'ECONNRESET' }, '→ reset'],
])('%s', (_, told, wire) => {
  expect(wires('tcp', told)).toEqual([wire]);
});
test('a Unix socket has no segments: no handshake, and an end instead of a FIN', () => {
  expect(wires('unix', { end: 'local', call: 'connect' }, { end: 'local', call: 'shutdown' })).toEqual(['', '→ end']);
});
test('closing a listener or a datagram socket sends nothing', () => {
  expect(wires('listen', { end: 'local', call: 'close' })).toEqual(['']);
  expect(wires('udp', { end: 'local', call: 'close' })).toEqual(['']);
});

const fails = (end: End, call: TraceEvent['call'], error: NonNullable<TraceEvent['error']>): Told => ({
  end,
  call,
  error,
});
const ECONNRESET = 'ECONNRESET';
test.each<[string, SocketKind, readonly Told[], readonly string[]]>([
  [
    'one RST is one arrow, and what is closed after it sends no FIN',
    'tcp',
    [{ end: 'local', call: 'reset' }, fails('peer', 'recv', ECONNRESET), { end: 'peer', call: 'close' }],
    ['→ reset', ''],
  ],
  [
    'the RST is met before its call is told',
    'tcp',
    [fails('local', 'recv', ECONNRESET), { end: 'local', call: 'close' }, { end: 'peer', call: 'reset', at: -1 }],
    ['← reset', ''],
  ],
  [
    'of two calls that meet an RST',
    'tcp',
    [fails('local', 'recv', ECONNRESET), fails('local', 'send', 'EPIPE')],
    ['← reset', ''],
  ],
  [
    'a proxy resets both ends, and neither has sent it: one arrow',
    'tcp',
    [fails('peer', 'recv', ECONNRESET), { end: 'peer', call: 'close' }, fails('local', 'recv', ECONNRESET)],
    ['→ reset', '', ''],
  ],
  [
    'close() that the other end meets as ECONNRESET was an RST',
    'tcp',
    [
      send('peer', 5),
      { end: 'local', call: 'close' },
      fails('peer', 'recv', ECONNRESET),
      { end: 'peer', call: 'close' },
    ],
    ['← 5', '→ reset', ''],
  ],
  [
    'what is sent to a closed socket is answered by an RST',
    'tcp',
    [{ end: 'local', call: 'close' }, send('peer', 5), fails('peer', 'send', 'EPIPE'), { end: 'peer', call: 'close' }],
    ['→ fin', '← 5', '→ reset', ''],
  ],
  [
    'EPIPE after an own shutdown is no RST',
    'tcp',
    [{ end: 'local', call: 'shutdown' }, fails('local', 'send', 'EPIPE')],
    ['→ fin', ''],
  ],
  [
    'a close before an RST sent its FIN',
    'tcp',
    [
      { end: 'peer', call: 'shutdown' },
      { end: 'local', call: 'recv', direction: 'received' },
      { end: 'local', call: 'reset' },
    ],
    ['← fin', '→ reset'],
  ],
  ['a second b"" is no second FIN', 'tcp', [recv('local', 0), recv('local', 0)], ['← fin', '']],
  ['recv(0) tells no FIN', 'tcp', [{ ...recv('local', 0), argument: 0 }], ['']],
  ['shutdown(SHUT_RD)', 'tcp', [{ end: 'local', call: 'shutdown', text: 'SHUT_RD' }], ['']],
  [
    'close() of what was never connected',
    'tcp',
    [fails('local', 'connect', 'ECONNREFUSED'), { end: 'local', call: 'close' }],
    ['→ refused', ''],
  ],
  [
    'close() of a mere socket()',
    'tcp',
    [
      { end: 'local', call: 'socket' },
      { end: 'local', call: 'close' },
    ],
    ['', ''],
  ],
  ['a send that failed', 'tcp', [fails('local', 'send', 'EAGAIN')], ['']],
  ['an accept of a listener', 'listen', [{ end: 'local', call: 'accept' }], ['earlier']],
  ['connect() of a datagram socket', 'udp', [{ end: 'local', call: 'connect' }], ['']],
  ['an empty datagram is no end', 'udp', [recv('local', 0)], ['← 0']],
])('%s', (_, socket, told, expected) => {
  expect(wires(socket, ...told)).toEqual(expected);
});
