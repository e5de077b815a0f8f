import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../../protocol/call.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { type FilterQuery, parseFilter } from './filter-query.ts';
import { type RowOrder, sortNumbers } from './row-order.ts';
import { TimeLineList } from './time-line-list.ts';

function socketOf(events: TraceEvent[]) {
  const log = { length: () => events.length, at: (index: number) => events[index] };
  return { log, sent: new ByteStream(), received: new ByteStream() };
}
function event(at: number, text: string): TraceEvent {
  const none = { argument: undefined, direction: undefined, offset: 0, count: 0, error: undefined, took: undefined };
  return { ...none, at, end: 'local', call: 'print', text };
}
const never = (): boolean => false;
const all = parseFilter('') as FilterQuery;
const textsOf = (list: TimeLineList): string[] =>
  Array.from({ length: list.count }, (_, row) => list.at(row).event.text);

test('the events of all sockets stand on one line of time, also those that come late', () => {
  const one = [event(10, 'a'), event(40, 'd')];
  const other = [event(20, 'b')];
  const list = new TimeLineList([socketOf(one), socketOf(other)], all);
  expect(list.update(never)).toBe(true);
  expect(textsOf(list)).toEqual(['a', 'b', 'd']);
  other.push(event(30, 'c'), event(50, 'e'));
  list.update(never);
  expect(textsOf(list)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(list.rowOf(1, 1)).toBe(2);
  expect(list.at(2)).toMatchObject({ socket: 1, index: 1 });
});

test('a query picks among all of them', () => {
  const sockets = [socketOf([event(1, 'yes'), event(3, 'no')]), socketOf([event(2, 'yes too')])];
  const list = new TimeLineList(sockets, parseFilter('yes -too') as FilterQuery);
  list.update(never);
  expect(textsOf(list)).toEqual(['yes']);
  expect(list.rowOf(0, 1)).toBeUndefined();
});

test('however the logs grow, the rows are what a stable sort makes of them', () => {
  const steps = fc.array(fc.tuple(fc.nat(2), fc.nat(30)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 7 }), (growth, every) => {
      const logs: TraceEvent[][] = [[], [], []];
      const list = new TimeLineList(logs.map(socketOf), all);
      for (const [step, [socket, at]] of growth.entries()) {
        logs[socket]?.push(event(at, `${step}`));
        if (step % every === 0) list.update(never);
      }
      list.update(never);
      const times = Array.from({ length: list.count }, (_, row) => list.at(row).event.at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(
        textsOf(list)
          .map(Number)
          .toSorted((a, b) => a - b),
      ).toEqual(growth.map((_, step) => step));
    }),
  );
});

test('rows sorted by length stand by time where they have one length, and those without one come first', () => {
  const sent = (at: number, count: number): TraceEvent => ({
    ...event(at, `${count}`),
    call: 'send',
    direction: 'sent',
    count,
  });
  const sockets = [socketOf([event(1, 'none'), sent(2, 500), sent(5, 3)]), socketOf([sent(3, 500), sent(4, 0)])];
  const by = (isDescending: boolean): string[] => {
    const list = new TimeLineList(sockets, all, sortNumbers({ by: 'length', isDescending }, []));
    list.update(never);
    return Array.from({ length: list.count }, (_, row) => `${list.at(row).event.at}:${list.at(row).event.text}`);
  };
  expect(by(false)).toEqual(['1:none', '4:0', '5:3', '2:500', '3:500']);
  expect(by(true)).toEqual(['2:500', '3:500', '5:3', '4:0', '1:none']);
});

test('however the logs grow, sorted rows are what a stable sort by that number and by time makes of them', () => {
  const calls: readonly Call[] = ['send', 'accept', 'recv'];
  const steps = fc.array(fc.tuple(fc.nat(2), fc.nat(9), fc.nat(2)), { maxLength: 60 });
  const orders = fc.record({ by: fc.constantFrom('time', 'socket', 'call'), isDescending: fc.boolean() });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 7 }), orders, (growth, every, order) => {
      const logs: TraceEvent[][] = [[], [], []];
      const numberOf = sortNumbers(order as RowOrder, []);
      const list = new TimeLineList(logs.map(socketOf), all, numberOf);
      for (const [step, [socket, at, call]] of growth.entries()) {
        logs[socket]?.push({ ...event(at, ''), call: calls[call] as Call });
        if (step % every === 0) list.update(never);
      }
      list.update(never);
      const rows = Array.from({ length: list.count }, (_, row) => list.at(row));
      expect(rows).toHaveLength(growth.length);
      const places = rows.map(({ event: of, socket }) => [numberOf(of, socket), of.at] as const);
      expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      for (const [row, { socket, index }] of rows.entries()) expect(list.rowOf(socket, index)).toBe(row);
    }),
  );
});
