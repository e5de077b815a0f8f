import { expect, test } from 'vitest';
import { CALL_NAMES } from '../../../protocol/call.ts';
import { TCP_STATES } from '../../../protocol/tcp-state.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import type { SocketKind } from '../../../trace/socket.ts';
import { callCards } from '../../i18n/en/call-cards.ts';
import { cardOf, counterpartOf, statesOf } from './call-card.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'call'>;
const blank = { end: 'local', argument: undefined, direction: undefined, offset: 0, count: 0, text: '' } as const;
const eventOf = (told: Told, at = 0): TraceEvent => ({ ...blank, at, error: undefined, took: undefined, ...told });
function logOf(...told: readonly Told[]) {
  const events = told.map(eventOf);
  return { length: () => events.length, at: (index: number) => events[index] };
}
const KINDS: readonly SocketKind[] = ['tcp', 'unix', 'udp', 'listen', 'accepted'];

test('every call of both ends, on every kind of socket, has a card', () => {
  for (const kind of KINDS) {
    for (const call of CALL_NAMES) {
      for (const end of ['local', 'peer'] as const)
        expect(callCards.cards).toHaveProperty(cardOf(eventOf({ call, end }), kind));
    }
  }
});

test.each([
  [{ call: 'recv', count: 5, direction: 'received' }, 'tcp', 'recv'],
  [{ call: 'recv', direction: 'received' }, 'tcp', 'recvEnd'],
  [{ call: 'recv', error: 'ECONNRESET' }, 'tcp', 'recv'],
  [{ call: 'recv', variant: 'MSG_PEEK', count: 5 }, 'tcp', 'recvPeek'],
  [{ call: 'connect' }, 'udp', 'connectUdp'],
  [{ call: 'connect' }, 'unix', 'connectUnix'],
  [{ call: 'close' }, 'udp', 'closeUdp'],
  [{ call: 'close' }, 'listen', 'closeListener'],
  [{ call: 'close', end: 'peer' }, 'tcp', 'close'],
  [{ call: 'setsockopt', text: 'SO_KEEPALIVE 1' }, 'tcp', 'setsockopt'],
  [{ call: 'setsockopt', text: 'receiveSize 4' }, 'tcp', 'setting'],
] as const)('%o on %s: %s', (told, kind, card) => {
  expect(cardOf(eventOf(told), kind)).toBe(card);
});

const echo = logOf(
  { call: 'listen', end: 'peer', argument: 5 },
  { call: 'socket' },
  { call: 'connect' },
  { call: 'accept', end: 'peer' },
  { call: 'send', direction: 'sent', count: 12 },
  { call: 'recv', end: 'peer', direction: 'sent', count: 12 },
  { call: 'shutdown' },
  { call: 'recv', end: 'peer', direction: 'sent', offset: 12 },
  { call: 'recv', direction: 'received' },
);
const states = (index: number, kind: SocketKind = 'tcp') => statesOf(echo, index, kind)?.map(({ state }) => state);

test('the states around a call are those of the caller’s own end', () => {
  expect(states(2)).toEqual(['CLOSED', 'SYN-SENT', 'ESTABLISHED']);
  expect(states(0)).toEqual(['CLOSED', 'LISTEN']);
  expect(states(3)).toEqual(['ESTABLISHED']);
  expect(states(4)).toEqual(['ESTABLISHED']);
  expect(states(6)).toEqual(['ESTABLISHED', 'FIN-WAIT-1']);
  expect(states(7)).toEqual(['ESTABLISHED', 'CLOSE-WAIT']);
});
test('datagrams and Unix sockets have no states of TCP', () => {
  expect(states(4, 'udp')).toBeUndefined();
  expect(states(4, 'unix')).toBeUndefined();
});
test('whatever the log, what is shown are states of TCP', () => {
  for (let index = 0; index < echo.length(); index += 1) {
    for (const state of states(index) ?? []) expect(TCP_STATES).toContain(state);
  }
});

test('the call at the other end is that on the same bytes, or that of the FIN', () => {
  expect(counterpartOf(echo, 4)).toBe(5);
  expect(counterpartOf(echo, 5)).toBe(4);
  expect(counterpartOf(echo, 2)).toBe(3);
  expect(counterpartOf(echo, 6)).toBe(7);
  expect(counterpartOf(echo, 0)).toBeUndefined();
});
