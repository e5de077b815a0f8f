import { expect, test } from 'vitest';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { isOtherEnd } from '../../../trace/socket/other-end.ts';
import type { ProgramHead } from '../../../trace/socket/program-head.ts';
import type { SocketKind } from '../../../trace/socket.ts';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import { LadderModel, type LadderSocket } from './ladder-model.ts';

const SERVER: Endpoint = { host: '127.0.0.1', port: 8009 };
const CLIENT: Endpoint = { host: '127.0.0.1', port: 55_378 };
type Told = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>;

function traceOf(kind: SocketKind, ...told: readonly Told[]): SocketTrace {
  const trace = new SocketTrace({ id: 1, ordinal: 1, kind, target: SERVER, receiveSize: 1_024, source: 'program' });
  const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '', error: undefined } as const;
  for (const one of told) trace.onCall({ ...blank, end: 'local', took: undefined, ...one });
  return trace;
}
function name(
  trace: SocketTrace,
  kind: SocketKind,
  local: Endpoint,
  remote: Endpoint,
  more: Partial<ProgramHead> = {},
): void {
  trace.onHead({
    kind,
    state: 'ESTABLISHED',
    local,
    remote,
    ...more,
    isOver: false,
    omitted: { sent: 0, received: 0 },
  });
}
const ofServer = (record: SocketTrace): LadderSocket => ({ record, column: 'left', program: 'server.py' });
const ofClient = (record: SocketTrace): LadderSocket => ({ record, column: 'right', program: 'client.py' });
function shown(model: LadderModel): readonly string[] {
  model.rows.update();
  return Array.from({ length: model.rows.count }, (_, place) => {
    const { left, right } = model.rows.row(place);
    return `${left?.event.call ?? ''}|${right?.event.call ?? ''}`;
  });
}

const send: Told = { at: 3, call: 'send', direction: 'sent', count: 5 };
const recv: Told = { at: 4, call: 'recv', direction: 'received', count: 5 };

test('two programs’ sockets are the two ends of one connection by their endpoints', () => {
  const accepted = traceOf('accepted', { at: 2, call: 'accept' }, recv);
  const client = traceOf('tcp', { at: 1, call: 'connect' }, send);
  name(accepted, 'accepted', SERVER, CLIENT);
  name(client, 'tcp', CLIENT, SERVER);
  const model = new LadderModel();
  model.follow([ofServer(accepted), ofClient(client)]);
  expect(shown(model)).toEqual(['|connect', 'accept|', 'recv|send']);
});

test('through a troubled proxy they are one connection too: the server’s peer is the proxy', () => {
  const [proxy, onward] = [41_234, 41_236].map((port) => ({ host: '127.0.0.1', port })) as [Endpoint, Endpoint];
  const accepted = traceOf('accepted', { at: 2, call: 'accept' }, recv);
  const client = traceOf('tcp', { at: 1, call: 'connect' }, send);
  name(accepted, 'accepted', SERVER, onward);
  name(client, 'tcp', CLIENT, SERVER, { proxy, onward });
  const model = new LadderModel();
  model.follow([ofServer(accepted), ofClient(client)]);
  expect(shown(model)).toEqual(['|connect', 'accept|', 'recv|send']);
  expect(isOtherEnd(accepted, client) && isOtherEnd(client, accepted)).toBe(true);
});

test('that the two are one connection becomes known late: the rows begin anew', () => {
  const accepted = traceOf('accepted', recv);
  const client = traceOf('tcp', send);
  name(accepted, 'accepted', SERVER, CLIENT);
  const sockets = [ofServer(accepted), ofClient(client)];
  const model = new LadderModel();
  model.follow(sockets);
  expect(shown(model)).toEqual(['|send', 'recv|']);
  const { version } = model;
  name(client, 'tcp', CLIENT, SERVER);
  model.follow(sockets);
  expect(shown(model)).toEqual(['recv|send']);
  expect(model.version).not.toBe(version);
});

test('accept() stands once, though the listener tells of it too', () => {
  const listener = traceOf('listen', { at: 1, call: 'listen' }, { at: 2, call: 'accept' });
  listener.onCall({ ...(listener.log.at(1) as TraceEvent), at: 5, error: 'EAGAIN' });
  const accepted = traceOf('accepted', { at: 2, call: 'accept' });
  const model = new LadderModel();
  model.follow([ofServer(listener), ofServer(accepted)]);
  expect(shown(model)).toEqual(['listen|', 'accept|', 'accept|']);
});

test('a socket that is taken away takes its rows along', () => {
  const [one, two] = [traceOf('tcp', { at: 1, call: 'connect' }), traceOf('tcp', { at: 2, call: 'socket' })];
  const model = new LadderModel();
  model.follow([ofClient(one), ofClient(two)]);
  expect(shown(model)).toHaveLength(2);
  model.follow([ofClient(two)]);
  expect(shown(model)).toEqual(['|socket']);
});
