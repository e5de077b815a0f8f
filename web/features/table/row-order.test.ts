import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { BY_TIME, nextOrder, parseOrder, type SortKey, sortNumbers } from './row-order.ts';

const event: TraceEvent = {
  at: 7,
  end: 'local',
  call: 'send',
  argument: undefined,
  text: '',
  direction: 'sent',
  offset: 0,
  count: 5,
  error: undefined,
  took: undefined,
};

test('a column is pressed for up, for down, and for the order of time again', () => {
  const up = nextOrder(BY_TIME, 'length');
  const down = nextOrder(up, 'length');
  expect(up).toEqual({ by: 'length', isDescending: false });
  expect(down).toEqual({ by: 'length', isDescending: true });
  expect(nextOrder(down, 'length')).toEqual(BY_TIME);
  expect(nextOrder(down, 'call')).toEqual({ by: 'call', isDescending: false });
  expect(nextOrder(BY_TIME, 'time')).toEqual({ by: 'time', isDescending: true });
});

test('ends are sorted by what they are called: clients, the other ends by their servers, then own servers', () => {
  const sockets = [
    { kind: 'tcp', lab: 'timestamp' },
    { kind: 'accepted' },
    { kind: 'tcp', lab: 'raw' },
    { kind: 'listen' },
    { kind: 'udp', lab: 'timestamp' },
  ];
  const numberOf = sortNumbers({ by: 'end', isDescending: false }, sockets);
  const local = sockets.map((_, socket) => numberOf(event, socket));
  const peer = sockets.map((_, socket) => numberOf({ ...event, end: 'peer' }, socket));
  expect(local).toEqual([0, 4, 0, 4, 0]);
  expect(peer).toEqual([3, 1, 2, 1, 3]);
});

test.each<[SortKey, Partial<TraceEvent>, Partial<TraceEvent>]>([
  ['call', { call: 'accept' }, { call: 'recv' }],
  ['direction', { direction: 'sent' }, { direction: 'received' }],
  ['direction', { direction: 'received' }, { direction: undefined }],
  ['length', { direction: undefined, count: 0 }, { count: 0 }],
  ['time', { at: 1 }, { at: 2 }],
])('by %s %o stands before %o', (by, before, after) => {
  const up = sortNumbers({ by, isDescending: false }, []);
  const down = sortNumbers({ by, isDescending: true }, []);
  expect(up({ ...event, ...before }, 0)).toBeLessThan(up({ ...event, ...after }, 0));
  expect(down({ ...event, ...before }, 0)).toBeGreaterThan(down({ ...event, ...after }, 0));
});

test('what an older page has stored is the order of time where it is none', () => {
  for (const stored of [undefined, null, 'time', {}, { by: 'preview', isDescending: true }]) {
    expect(parseOrder(stored)).toEqual(BY_TIME);
  }
  expect(parseOrder({ by: 'call', isDescending: true })).toEqual({ by: 'call', isDescending: true });
});
