import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../event.ts';
import { LadderRows } from './rows.ts';
import type { LadderSource } from './source.ts';
import { wireOf } from './wire.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'call'>;
const blank = { argument: undefined, direction: undefined, offset: 0, count: 0, text: '', error: undefined } as const;
function source(more: Partial<LadderSource>, ...told: readonly Told[]): LadderSource {
  const events = told.map((one): TraceEvent => ({ ...blank, end: 'local', took: undefined, ...one }));
  return { log: { length: () => events.length, at: (index) => events[index] }, kind: 'tcp', column: 'right', ...more };
}
const send = (at: number, offset: number, count: number): Told => ({
  at,
  call: 'send',
  direction: 'sent',
  offset,
  count,
});
const recv = (at: number, offset: number, count: number): Told => ({
  at,
  call: 'recv',
  direction: 'received',
  offset,
  count,
});
/** Each row as `left|wire|right`, calls with their times. */
function drawn(rows: LadderRows): readonly string[] {
  rows.update();
  return Array.from({ length: rows.count }, (_, place) => {
    const row = rows.row(place);
    const wire = wireOf(row, (number) => rows.source(number).kind);
    const way = wire && 'to' in wire ? (wire.kind === 'rest' ? '' : wire.to === 'right' ? '→' : '←') : '';
    const [left, right] = [row.left, row.right].map((call) => (call ? `${call.event.call} ${call.event.at}` : ''));
    return `${left}|${way}|${right}`;
  });
}
function paired(left: LadderSource, right: LadderSource): LadderRows {
  const rows = new LadderRows({ ...left, column: 'left' }, right);
  rows.pair(0, 1);
  return rows;
}

test('a row of before the other end was known is of a pair, once it is', () => {
  const rows = new LadderRows(source({ kind: 'accepted', column: 'left' }, { at: 2, call: 'accept' }));
  rows.update();
  expect(rows.row(0).isPaired).toBe(false);
  const other = rows.add(source({}, { at: 3, call: 'connect' }));
  rows.update();
  rows.pair(0, other);
  expect([rows.row(0).isPaired, rows.row(1).isPaired]).toEqual([true, true]);
});

test('the calls of each socket are the other’s calls of the other end', () => {
  const server = source({ kind: 'accepted' }, { at: 2, call: 'accept' }, recv(4, 0, 5), send(5, 0, 9), recv(8, 5, 0));
  const client = source({}, { at: 1, call: 'connect' }, send(3, 0, 5), recv(6, 0, 9), { at: 7, call: 'close' });
  expect(drawn(paired(server, client))).toEqual([
    '|←|connect 1',
    'accept 2||',
    'recv 4|←|send 3',
    'send 5|→|recv 6',
    'recv 8|←|close 7',
  ]);
});

test('one server serves two clients one at a time: what it read later stands where it read it', () => {
  const program = { column: 'left', program: 'server.py' } as const;
  const one = { program: 'client.py' };
  const two = { program: 'client2.py' };
  const rows = new LadderRows(
    source({ ...program, kind: 'listen' }, { at: 2, call: 'accept' }, { at: 31, call: 'accept' }),
    source({ ...program, kind: 'accepted' }, recv(4, 0, 2), recv(29, 2, 0), { at: 30, call: 'close' }),
    source({ ...program, kind: 'accepted' }, recv(32, 0, 2)),
    source(one, { at: 1, call: 'connect' }, send(3, 0, 2), { at: 28, call: 'close' }),
    source(two, { at: 10, call: 'connect' }, send(11, 0, 2)),
  );
  rows.pair(1, 3);
  rows.pair(2, 4);
  expect(drawn(rows)).toEqual([
    '|←|connect 1',
    'accept 2||',
    'recv 4|←|send 3',
    '|←|connect 10',
    '|←|send 11',
    'recv 29|←|close 28',
    'close 30|→|',
    'accept 31||',
    'recv 32||',
  ]);
});

test('each end’s calls stand in their order, though a close was called before its end was read', () => {
  const client = source({}, send(1, 0, 300), { at: 2, call: 'close' });
  const server = source({ kind: 'accepted' }, recv(3, 0, 100), recv(4, 100, 100), recv(5, 200, 100), recv(6, 300, 0));
  expect(drawn(paired(server, client))).toEqual(['recv 3|←|send 1', '|←|close 2', 'recv 4||', 'recv 5||', 'recv 6||']);
});

test('a connection that is known late: where nothing was joined yet the rows go on, else they begin anew', () => {
  const rows = new LadderRows(source({ column: 'left' }, { at: 1, call: 'connect' }, send(2, 0, 5)));
  rows.update();
  expect(rows.pair(0, rows.add(source({ kind: 'accepted' }, { at: 3, call: 'accept' }, recv(4, 0, 5))))).toBe(true);
  expect(drawn(rows)).toEqual(['connect 1|→|', 'send 2|→|', '||accept 3', '||recv 4']);

  const late = new LadderRows(source({ column: 'left' }, send(1, 0, 5)), source({}, recv(2, 0, 5)));
  late.update();
  expect(late.pair(0, 1)).toBe(false);
});

describe('datagrams', () => {
  const datagram = (at: number, call: 'sendto' | 'send', text: string, offset: number, count: number): Told => ({
    ...send(at, offset, count),
    call,
    text,
  });
  const received = (at: number, text: string, offset: number, count: number, whole?: number): Told => ({
    ...recv(at, offset, count),
    call: 'recvfrom',
    text,
    ...(whole === undefined ? {} : { whole }),
  });
  const Server = '127.0.0.1:8011';
  const Client = '127.0.0.1:4000';

  test('each meets its own partner, on a connected socket too; connect() draws nothing', () => {
    const rows = new LadderRows(
      source(
        { kind: 'udp', column: 'left', address: '0.0.0.0:8011' },
        received(4, Client, 0, 2),
        received(6, Client, 2, 6),
      ),
      source(
        { kind: 'udp', address: Client },
        { at: 1, call: 'connect', text: Server },
        datagram(2, 'send', '', 0, 2),
        datagram(5, 'sendto', Server, 2, 6),
      ),
    );
    expect(drawn(rows)).toEqual(['||connect 1', 'recvfrom 4|←|send 2', 'recvfrom 6|←|sendto 5']);
  });
  test('one that was lost meets none, one that was cut off meets its own', () => {
    const rows = new LadderRows(
      source({ kind: 'udp', column: 'left', address: Server }, received(4, Client, 0, 3, 7)),
      source(
        { kind: 'udp', address: Client },
        datagram(1, 'sendto', Server, 0, 2),
        datagram(2, 'sendto', Server, 2, 7),
      ),
    );
    expect(drawn(rows)).toEqual(['|←|sendto 1', 'recvfrom 4|←|sendto 2']);
  });
  test('those of two clients are told apart by their ports', () => {
    const other = '127.0.0.1:5000';
    const rows = new LadderRows(
      source({ kind: 'udp', column: 'left', address: Server }, received(3, other, 0, 2), received(4, Client, 2, 2)),
      source({ kind: 'udp', address: Client }, datagram(1, 'sendto', Server, 0, 2)),
      source({ kind: 'udp', address: other }, datagram(2, 'sendto', Server, 0, 2)),
    );
    expect(drawn(rows)).toEqual(['|←|sendto 1', 'recvfrom 3|←|sendto 2', 'recvfrom 4||']);
  });
});
