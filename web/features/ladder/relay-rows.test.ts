import { expect, test } from 'vitest';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import type { LadderCall } from '../../../trace/ladder/row-table.ts';
import type { SocketKind } from '../../../trace/socket.ts';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import { LadderModel } from './ladder-model.ts';
import { legCells, relaySockets } from './relay-rows.ts';

const CLIENT: Endpoint = { host: '127.0.0.1', port: 55_378 };
const RELAY: Endpoint = { host: '127.0.0.1', port: 40_000 };
const OUT: Endpoint = { host: '127.0.0.1', port: 55_400 };
const SERVER: Endpoint = { host: '127.0.0.1', port: 8009 };
type Told = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>;

function traceOf(kind: SocketKind, local: Endpoint, remote: Endpoint, ...told: readonly Told[]): SocketTrace {
  const trace = new SocketTrace({ id: 1, ordinal: 1, kind, target: remote, receiveSize: 1_024, source: 'program' });
  const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '', error: undefined } as const;
  for (const one of told) trace.onCall({ ...blank, end: 'local', took: undefined, ...one });
  trace.onHead({ kind, state: 'ESTABLISHED', local, remote, isOver: false, omitted: { sent: 0, received: 0 } });
  return trace;
}
const sent = (at: number): Told => ({ at, call: 'send', direction: 'sent', count: 5 });
const read = (at: number): Told => ({ at, call: 'recv', direction: 'received', count: 5 });

test('what the client sends goes through the relay to the server, each call under the program that made it', () => {
  const client = traceOf('tcp', CLIENT, RELAY, { at: 1, call: 'connect' }, sent(5), read(12));
  const accepted = traceOf('accepted', RELAY, CLIENT, { at: 2, call: 'accept' }, read(6), sent(11));
  const dialled = traceOf('tcp', OUT, SERVER, { at: 3, call: 'connect' }, sent(7), read(10));
  const server = traceOf('accepted', SERVER, OUT, { at: 4, call: 'accept' }, read(8), sent(9));
  const sockets = relaySockets(accepted, dialled, [client, accepted, dialled, server]);
  const model = new LadderModel();
  model.follow(sockets);
  model.rows.update();
  const legs = new Map(sockets.map(({ record, leg }) => [record, leg]));
  const rows = Array.from({ length: model.rows.count }, (_, place) => {
    const { left, right } = model.rows.row(place);
    const { record } = model.socket((left ?? (right as LadderCall)).source);
    const cells = legCells(legs.get(record) ?? 'client');
    return [left && `${cells.left} ${left.event.call}`, right && `${cells.right} ${right.event.call}`].filter(Boolean);
  });
  expect(rows).toEqual([
    ['client connect'],
    ['relay accept'],
    ['relay connect'],
    ['server accept'],
    ['client send', 'relay recv'],
    ['relay send', 'server recv'],
    ['relay recv', 'server send'],
    ['client recv', 'relay send'],
  ]);
});

test('a client or a server that is no socket of the page has no calls of its own', () => {
  const accepted = traceOf('accepted', RELAY, CLIENT);
  const dialled = traceOf('tcp', OUT, SERVER);
  expect(relaySockets(accepted, dialled, [accepted, dialled]).map(({ record }) => record)).toEqual([accepted, dialled]);
});
