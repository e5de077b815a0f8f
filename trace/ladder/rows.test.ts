import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { End, TraceEvent } from '../event.ts';
import { Mark } from './row-table.ts';
import { LadderRows } from './rows.ts';
import type { LadderSource } from './source.ts';

type Told = Partial<TraceEvent> & Pick<TraceEvent, 'at' | 'end' | 'call'>;
const event = (told: Told): TraceEvent => ({
  argument: undefined,
  direction: undefined,
  offset: 0,
  count: 0,
  text: '',
  error: undefined,
  took: undefined,
  ...told,
});
const moved = (at: number, end: End, call: 'send' | 'recv', offset: number, count: number): TraceEvent =>
  event({ at, end, call, offset, count, direction: (end === 'local') === (call === 'send') ? 'sent' : 'received' });
const sourceOf = (events: readonly TraceEvent[], more: Partial<LadderSource> = {}): LadderSource => ({
  log: { length: () => events.length, at: (index: number) => events[index] },
  kind: 'tcp',
  column: 'left',
  ...more,
});

function ladder(...events: readonly TraceEvent[]): LadderRows {
  const rows = new LadderRows(sourceOf(events));
  rows.update();
  return rows;
}
const all = (rows: LadderRows) => Array.from({ length: rows.count }, (_, place) => rows.row(place));
/** A row as `left|right`, each as call, offset and count. */
const drawn = (rows: LadderRows): string[] =>
  all(rows).map(({ left, right }) =>
    [left?.event, right?.event].map((call) => (call ? `${call.call} ${call.offset}+${call.count}` : '')).join('|'),
  );

test('both ends of the tutorial, in the order of its calls', () => {
  const rows = ladder(
    event({ at: 10, end: 'peer', call: 'listen', argument: 5 }),
    event({ at: 11, end: 'peer', call: 'print', text: 'waiting for connection...' }),
    event({ at: 20, end: 'local', call: 'connect' }),
    event({ at: 22, end: 'peer', call: 'accept' }),
    moved(30, 'local', 'send', 0, 12),
    moved(31, 'peer', 'recv', 0, 12),
    moved(32, 'peer', 'send', 0, 41),
    moved(33, 'local', 'recv', 0, 41),
    event({ at: 40, end: 'local', call: 'shutdown', text: 'SHUT_WR' }),
    event({ at: 41, end: 'peer', call: 'recv', direction: 'sent', offset: 12 }),
    event({ at: 42, end: 'peer', call: 'close' }),
    event({ at: 43, end: 'local', call: 'recv', direction: 'received', offset: 41 }),
    event({ at: 44, end: 'local', call: 'close' }),
  );
  expect(drawn(rows)).toEqual([
    '|listen 0+0',
    'connect 0+0|',
    '|accept 0+0',
    'send 0+12|recv 0+12',
    'recv 0+41|send 0+41',
    'shutdown 0+0|recv 12+0',
    'recv 41+0|close 0+0',
    'close 0+0|',
  ]);
  expect(rows.row(0).note?.text).toBe('waiting for connection...');
  expect(all(rows).map(({ marks }) => marks)).toEqual([
    0,
    0,
    0,
    0,
    0,
    Mark.Fin,
    Mark.Fin | Mark.Leftwards,
    Mark.Nothing,
  ]);
  expect(rows.placeOf(6)).toBe(4);
  expect(rows.placeOf(7)).toBe(4);
});

describe('where boundaries differ', () => {
  test('two sends joined in one read: the first has no read of its own', () => {
    const rows = ladder(
      moved(1, 'local', 'send', 0, 5),
      moved(2, 'local', 'send', 5, 3),
      moved(3, 'peer', 'recv', 0, 8),
    );
    expect(drawn(rows)).toEqual(['send 0+5|', 'send 5+3|recv 0+8']);
  });
  test('one send cut into two reads: the second read is a row that says so', () => {
    const rows = ladder(
      moved(1, 'local', 'send', 0, 8),
      moved(2, 'peer', 'recv', 0, 5),
      moved(3, 'peer', 'recv', 5, 3),
    );
    expect(drawn(rows)).toEqual(['send 0+8|recv 0+5', '|recv 5+3']);
    expect(rows.row(1).marks).toBe(Mark.Rest);
  });
});

test('a read that had to wait for its accept stands below it, though it is the partner of an earlier send', () => {
  const rows = ladder(
    event({ at: 1, end: 'local', call: 'connect' }),
    moved(2, 'local', 'send', 0, 5),
    event({ at: 900, end: 'peer', call: 'accept' }),
    moved(901, 'peer', 'recv', 0, 5),
  );
  expect(drawn(rows)).toEqual(['connect 0+0|', 'send 0+5|', '|accept 0+0', '|recv 0+5']);
  expect(rows.row(3).marks).toBe(Mark.Rest);
});

test('an event that is told late stands where its time puts it', () => {
  const rows = ladder(
    event({ at: 1, end: 'local', call: 'connect' }),
    moved(5, 'local', 'send', 0, 5),
    event({ at: 3, end: 'peer', call: 'accept' }),
    moved(4, 'peer', 'recv', 0, 5),
  );
  expect(drawn(rows)).toEqual(['connect 0+0|', '|accept 0+0', 'send 0+5|recv 0+5']);
  expect(all(rows).map(({ at }) => at)).toEqual([1, 3, 4]);
});

test('of a closing after a half-close no second FIN is drawn', () => {
  const rows = ladder(event({ at: 1, end: 'local', call: 'shutdown' }), event({ at: 2, end: 'local', call: 'close' }));
  expect(all(rows).map(({ marks }) => marks)).toEqual([Mark.Fin, Mark.Nothing]);
});

/** A conversation: each end sends and reads as it likes, and its calls are told in order, but the ends' mixed at will. */
const conversations = fc
  .array(
    fc.record({
      end: fc.constantFrom<End>('local', 'peer'),
      count: fc.integer({ min: 1, max: 9 }),
      wait: fc.nat(3),
      isRead: fc.boolean(),
      late: fc.nat(2),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    const sent = { local: 0, peer: 0 };
    const read = { local: 0, peer: 0 };
    const told: { event: TraceEvent; order: number }[] = [];
    const last = { local: 0, peer: 0 };
    let at = 0;
    steps.forEach(({ end, count, wait, isRead, late }, index) => {
      at += wait;
      const other = end === 'local' ? 'peer' : 'local';
      const call = isRead ? 'recv' : 'send';
      const size = isRead ? Math.min(count, sent[other] - read[end]) : count;
      if (size === 0) return;
      const offset = isRead ? read[end] : sent[end];
      (isRead ? read : sent)[end] += size;
      // What one end did is told in order, and up to two steps later than it happened.
      last[end] = Math.max(last[end], index + late);
      told.push({ event: moved(at, end, call, offset, size), order: last[end] });
    });
    return told.sort((a, b) => a.order - b.order).map((entry) => entry.event);
  });

test('whatever the ends do and in whatever order it is told: every call once, time never back, each end in its order', () => {
  fc.assert(
    fc.property(conversations, (events) => {
      const rows = ladder(...events);
      const shown = all(rows);
      const cells = {
        local: shown.flatMap(({ left }) => left?.event ?? []),
        peer: shown.flatMap(({ right }) => right?.event ?? []),
      };
      for (const end of ['local', 'peer'] as const) expect(cells[end]).toEqual(events.filter((one) => one.end === end));
      const times = shown.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      for (const { left, right } of shown) {
        if (left && right)
          expect([left.event.direction, left.event.call === 'send']).toEqual([
            right.event.direction,
            right.event.call !== 'send',
          ]);
      }
      events.forEach((one, index) => {
        const { left, right } = rows.row(rows.placeOf(index) as number);
        expect([left?.event, right?.event]).toContain(one);
      });
    }),
    { numRuns: 1_000 },
  );
});

test('taken in bit by bit, it is what it is taken in at once', () => {
  fc.assert(
    fc.property(conversations, fc.integer({ min: 1, max: 7 }), (events, limit) => {
      const rows = new LadderRows(sourceOf(events));
      while (!rows.update(limit));
      expect(drawn(rows)).toEqual(drawn(ladder(...events)));
    }),
  );
});

/** A fifth of the million that `npm run bench:page` measures, and time enough for a cold start. */
test('200,000 events are taken in within 400 ms of work', () => {
  const events: TraceEvent[] = [];
  for (let turn = 0; turn < 50_000; turn += 1) {
    const at = turn * 40;
    events.push(moved(at, 'local', 'send', turn * 12, 12), moved(at + 10, 'peer', 'recv', turn * 12, 12));
    events.push(moved(at + 20, 'peer', 'send', turn * 41, 41), moved(at + 30, 'local', 'recv', turn * 41, 41));
  }
  const started = process.threadCpuUsage();
  const many = new LadderRows(sourceOf(events));
  many.update();
  const milliseconds = process.threadCpuUsage(started).user / 1_000;
  expect(many.count).toBe(100_000);
  expect(milliseconds).toBeLessThan(400);
});
