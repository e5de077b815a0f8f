import { expect, test } from 'vitest';
import type { TraceEvent } from './event.ts';
import { EVENTS_MAX, parseEventsKept, TraceBuffer, timeOrigin } from './trace-buffer.ts';

const event = (at: number): TraceEvent => ({ at }) as TraceEvent;
const timesOf = (log: TraceBuffer) => Array.from({ length: log.length() }, (_, index) => log.at(index)?.at);

test('up to its cap a log is the same log', () => {
  const log = new TraceBuffer(8);
  for (let at = 0; at < 10; at += 1) log.append(event(at));
  expect(log.trimmed()).toBe(log);
  expect(log.dropped).toBe(0);
});

test('past its cap it goes on with the latest, counts what was dropped, and leaves readers of the old one alone', () => {
  const log = new TraceBuffer(8);
  for (let at = 0; at < 11; at += 1) log.append(event(at));
  const next = log.trimmed();
  expect(timesOf(next)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  expect(next.dropped).toBe(3);
  expect(log.length()).toBe(11);
  for (let at = 11; at < 14; at += 1) next.append(event(at));
  expect(next.trimmed()).toMatchObject({ dropped: 6 });
  expect(log.length()).toBe(11);
});

test('a browser may be told to keep fewer; anything else in its storage changes nothing', () => {
  expect(parseEventsKept(100)).toBe(100);
  for (const stored of [undefined, null, '100', 99, -1, 100.5, Number.NaN, 2_000_000]) {
    expect(new TraceBuffer(parseEventsKept(stored)).kept * 1.25).toBe(EVENTS_MAX);
  }
});

test('times count from the first call of an end of its own, of all logs; a server that was there before has times before it', () => {
  const log = (...events: [at: number, end: TraceEvent['end']][]): TraceBuffer => {
    const buffer = new TraceBuffer();
    for (const [at, end] of events) buffer.append({ at, end } as TraceEvent);
    return buffer;
  };
  const client = log([1, 'peer'], [2, 'peer'], [30, 'local'], [31, 'peer']);
  expect(timeOrigin([client])).toBe(30);
  expect(timeOrigin([client, log([20, 'local']), log()])).toBe(20);
  expect(timeOrigin([log([7, 'peer'], [8, 'peer'])])).toBe(7);
  expect(timeOrigin([])).toBe(0);
});
