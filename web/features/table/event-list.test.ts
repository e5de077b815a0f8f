import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_NAMES } from '../../../protocol/call.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { ByteStream } from '../../../trace/byte-stream.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { EventList, type EventSource } from './event-list.ts';
import { type FilterQuery, parseFilter } from './filter-query.ts';

const blank = {
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
};
const never = (): boolean => false;
const query = (text: string): FilterQuery => parseFilter(text) as FilterQuery;

/** A log that can be added to: bytes of the page's own end, and what its peer tells of the same bytes. */
function conversation() {
  const events: TraceEvent[] = [];
  const source = {
    log: { length: () => events.length, at: (index: number) => events[index] },
    sent: new ByteStream(),
    received: new ByteStream(),
  };
  return {
    source: source satisfies EventSource,
    events,
    send(at: number, text: string): void {
      const bytes = encodeUtf8(text);
      events.push({
        ...blank,
        at,
        end: 'local',
        call: 'send',
        direction: 'sent',
        offset: source.sent.length,
        count: bytes.length,
      });
      source.sent.append(bytes);
    },
    receive(at: number, text: string): void {
      const bytes = encodeUtf8(text);
      events.push({
        ...blank,
        at,
        end: 'local',
        call: 'recv',
        argument: 1024,
        direction: 'received',
        offset: source.received.length,
        count: bytes.length,
      });
      source.received.append(bytes);
    },
  };
}
function listed(source: EventSource, text: string): number[] {
  const list = new EventList(source, query(text));
  list.update(never);
  return Array.from({ length: list.count }, (_, row) => list.at(row));
}

test('finds text in bytes, in calls, in what was printed and in errors', () => {
  const { source, events, send, receive } = conversation();
  events.push({ ...blank, at: 1, end: 'local', call: 'connect', text: '127.0.0.1:8009' });
  send(2, 'Hello');
  receive(3, "[Thu Sep 15 22:29:12 2016] b'Hello'");
  events.push({ ...blank, at: 4, end: 'local', call: 'recv', argument: 1024, error: 'ECONNRESET' });
  expect(listed(source, '')).toEqual([0, 1, 2, 3]);
  expect(listed(source, 'hello')).toEqual([1, 2]);
  expect(listed(source, 'hello dir:received')).toEqual([2]);
  expect(listed(source, '8009')).toEqual([0]);
  expect(listed(source, 'recv(1024)')).toEqual([2, 3]);
  expect(listed(source, 'recv')).toEqual([2, 3]);
  expect(listed(source, 'connect()')).toEqual([0]);
  expect(listed(source, '(1024)')).toEqual([2, 3]);
  expect(listed(source, 'econnreset')).toEqual([3]);
  expect(listed(source, 'hello 2016')).toEqual([2]);
});

test('events are listed by their time, and each is found again', () => {
  const { source, events } = conversation();
  for (const at of [5, 1, 9, 5, 3]) events.push({ ...blank, at, end: 'peer', call: 'accept' });
  const list = new EventList(source, query(''));
  list.update(never);
  expect(Array.from({ length: 5 }, (_, row) => list.at(row))).toEqual([1, 4, 0, 3, 2]);
  expect(events.map((_, index) => list.rowOf(index))).toEqual([2, 0, 4, 3, 1]);
});

test('a call of the other end is listed once its bytes have arrived', () => {
  const { source, events, receive } = conversation();
  events.push({ ...blank, at: 1, end: 'peer', call: 'send', direction: 'received', count: 5 });
  const list = new EventList(source, query('hello'));
  list.update(never);
  expect(list.count).toBe(0);
  receive(2, 'hello');
  list.update(never);
  expect(Array.from({ length: list.count }, (_, row) => list.at(row))).toEqual([0, 1]);
});

test('grown bit by bit, it lists what one pass over all lists', () => {
  const steps = fc.array(
    fc.record({
      isSend: fc.boolean(),
      text: fc.string({ unit: fc.constantFrom('a', 'b', 'B'), maxLength: 4 }),
      wait: fc.nat(2),
    }),
    { maxLength: 40 },
  );
  const filters = fc.constantFrom('', 'ab', 'dir:sent a', 'len>2', 'b b');
  fc.assert(
    fc.property(steps, filters, (told, text) => {
      const { source, send, receive } = conversation();
      const list = new EventList(source, query(text));
      let at = 0;
      for (const step of told) {
        at += step.wait;
        (step.isSend ? send : receive)(at, step.text);
        list.update(() => true);
      }
      while (!list.update(never));
      expect(Array.from({ length: list.count }, (_, row) => list.at(row))).toEqual(listed(source, text));
    }),
  );
});

/** A fifth of the million that `npm run bench:page` measures, and time enough for a cold start. */
test('200,000 events are filtered by their bytes within 200 ms of work, in parts that can be interrupted', () => {
  const { source, events, send, receive } = conversation();
  for (let turn = 0; turn < 100_000; turn += 1) {
    send(turn * 2, 'hello python');
    receive(turn * 2 + 1, turn % 1_000 === 0 ? 'a needle is here' : 'nothing to see here');
  }
  const list = new EventList(source, query('needle'));
  const started = process.threadCpuUsage();
  let parts = 1;
  while (!list.update(() => true)) parts += 1;
  const milliseconds = process.threadCpuUsage(started).user / 1_000;
  expect(events.length).toBe(200_000);
  expect(list.count).toBe(100);
  expect(parts).toBeGreaterThan(20);
  expect(milliseconds).toBeLessThan(200);
});

test('every call can be asked for by its name', () => {
  const { source, events } = conversation();
  events.push(...CALL_NAMES.map((call, at): TraceEvent => ({ ...blank, at, end: 'local', call })));
  expect(CALL_NAMES.map((call) => listed(source, `call:${call}`))).toEqual(CALL_NAMES.map((_, index) => [index]));
});

test('events without a text: those whose bytes have it are left out, also when their bytes come later', () => {
  const { source, send, events } = conversation();
  send(1, 'hello');
  send(2, 'other');
  const list = new EventList(source, query('-hello'));
  list.update(never);
  expect(Array.from({ length: list.count }, (_, row) => list.at(row))).toEqual([1]);
  const early = { ...blank, end: 'peer', call: 'send', direction: 'received', offset: 0, count: 5 } as const;
  events.push({ ...early, at: 3 }, { ...early, at: 4, offset: 5 });
  list.update(never);
  expect(list.count).toBe(1);
  source.received.append(encodeUtf8('helloworld'));
  list.update(never);
  expect(Array.from({ length: list.count }, (_, row) => list.at(row))).toEqual([1, 3]);
});
