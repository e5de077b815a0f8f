import { expect, test } from 'vitest';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { ProgramHead } from '../../../../trace/socket/program-head.ts';
import { SocketTrace } from '../../../../trace/socket-trace.ts';
import { newestOf, type OwnedSocket, withOtherEnd } from './program-sockets.ts';

const SERVER: Endpoint = { host: '127.0.0.1', port: 8009 };
const client = (port: number): Endpoint => ({ host: '127.0.0.1', port });

function owned(program: string, kind: ProgramHead['kind'], local?: Endpoint, remote?: Endpoint): OwnedSocket {
  const record = new SocketTrace({ id: 1, ordinal: 1, kind, target: SERVER, receiveSize: 0, source: 'program' });
  record.onHead({
    kind,
    state: 'ESTABLISHED',
    ...(local && { local }),
    ...(remote && { remote }),
    isOver: false,
    omitted: { sent: 0, received: 0 },
  });
  return { record, column: program === 'server.py' ? 'left' : 'right', program, ofRun: 1 };
}

const listener = owned('server.py', 'listen', SERVER);
const [first, second] = [50_001, 50_002].map((port) => owned('server.py', 'accepted', SERVER, client(port)));
const [one, two] = [50_001, 50_002].map((port) => owned('client.py', 'tcp', client(port), SERVER));
const all = [listener, first, second, one, two] as OwnedSocket[];

test('a socket is shown with the other end of its connection, not with those of other clients', () => {
  expect(withOtherEnd((two as OwnedSocket).record, all)).toEqual([second, two]);
  expect(withOtherEnd((first as OwnedSocket).record, all)).toEqual([first, one]);
});

test('a listener has no other end', () => {
  expect(withOtherEnd(listener.record, all)).toEqual([listener]);
});

test('a socket that was never connected has none either: two of them are not a pair', () => {
  const [idle, other] = [owned('client.py', 'tcp'), owned('client.py', 'tcp')];
  expect(withOtherEnd(idle.record, [idle, other])).toEqual([idle]);
});

test('the newest that carries bytes is looked at first, else the listener', () => {
  expect(newestOf([one as OwnedSocket, listener])).toBe(one?.record);
  expect(newestOf([listener])).toBe(listener.record);
  expect(newestOf([])).toBeUndefined();
});
