import { expect, test } from 'vitest';
import { isWaitingForAccept, socketTone } from './socket-view.ts';

const client = {
  kind: 'tcp',
  lab: 'timestamp',
  state: 'ESTABLISHED',
  failure: undefined,
  isAcceptedByPeer: true,
} as const;

test.each([
  ['accepted', client, 'good'],
  ['connected and waiting in the accept queue', { ...client, isAcceptedByPeer: false }, 'wait'],
  ['connected to a server that does not tell', { ...client, lab: undefined, isAcceptedByPeer: false }, 'good'],
  ['connecting', { ...client, state: 'SYN-SENT' }, 'wait'],
  ['half-closed by the peer', { ...client, state: 'CLOSE-WAIT' }, 'wait'],
  ['listening', { ...client, kind: 'listen', lab: undefined, state: 'LISTEN' }, 'good'],
  ['a datagram socket', { ...client, kind: 'udp', state: 'UNCONN', isAcceptedByPeer: false }, 'good'],
  ['closed', { ...client, state: 'CLOSED' }, 'off'],
  ['failed', { ...client, state: 'CLOSED', failure: { code: 'ECONNREFUSED', text: '', at: 0 } }, 'bad'],
] as const)('%s', (_, record, tone) => {
  expect(socketTone(record)).toBe(tone);
});

test('only a connection to a lab server can be known to wait', () => {
  expect(isWaitingForAccept({ ...client, isAcceptedByPeer: false })).toBe(true);
  expect(isWaitingForAccept(client)).toBe(false);
  expect(isWaitingForAccept({ ...client, kind: 'accepted', isAcceptedByPeer: false })).toBe(false);
});
