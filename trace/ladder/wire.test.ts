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
  const rows = new LadderRows({ length: () => events.length, at: (index) => events[index] });
  rows.update();
  return Array.from({ length: rows.count }, (_, place) => {
    const wire = wireOf(rows.row(place), socket);
    if (wire === undefined) return '';
    const arrow = wire.direction === 'sent' ? '→' : '←';
    return wire.kind === 'inferred'
      ? `${arrow} ${wire.what}`
      : `${arrow} ${wire.event.count}${wire.isRest ? ' rest' : ''}`;
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
  expect(wires('tcp', send('local', 8), recv('peer', 5), recv('peer', 3, 5))).toEqual(['→ 8', '→ 3 rest']);
});
test.each<[string, Told, string]>([
  ['a connect', { end: 'local', call: 'connect' }, '→ handshake'],
  ['a refused connect', { end: 'local', call: 'connect', error: 'ECONNREFUSED' }, '→ refused'],
  ['a connect without an answer', { end: 'local', call: 'connect', error: 'CONNECT_TIMEOUT' }, '→ syn'],
  ['a connect that the policy refused', { end: 'local', call: 'connect', error: 'TARGET_FORBIDDEN' }, ''],
  ['an accept of the page itself', { end: 'local', call: 'accept' }, '← handshake'],
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
