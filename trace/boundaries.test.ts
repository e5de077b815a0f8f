import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Boundaries, SocketBoundaries } from './boundaries.ts';
import type { TraceEvent } from './event.ts';

const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;

/** Calls as sizes: what the page sent, and what its peer read of it. */
function drawn(writes: readonly number[], reads: readonly number[], from = { writes: 0, reads: 0 }): Boundaries {
  const boundaries = new Boundaries();
  let index = 0;
  for (const [end, call, sizes, first] of [
    ['local', 'send', writes, from.writes],
    ['peer', 'recv', reads, from.reads],
  ] as const) {
    let offset = first;
    for (const count of sizes) {
      const event: TraceEvent = { ...blank, end, call, direction: 'sent', offset, count };
      boundaries.add(index, event);
      offset += count;
      index += 1;
    }
  }
  return boundaries;
}
const pieces = (boundaries: Boundaries): string[] =>
  Array.from({ length: boundaries.pieceCount }, (_, index) => {
    const { start, end, write, read, outcome } = boundaries.piece(index);
    return `${start}-${end} w${write?.ordinal ?? '?'} r${read?.ordinal ?? '?'} ${outcome}`;
  });

describe('pieces', () => {
  test('as many reads as writes, at the same borders', () => {
    expect(pieces(drawn([5, 3], [5, 3]))).toEqual(['0-5 w1 r1 kept', '5-8 w2 r2 kept']);
  });
  test('two writes joined in one read', () => {
    const boundaries = drawn([5, 3], [8]);
    expect(pieces(boundaries)).toEqual(['0-5 w1 r1 joined', '5-8 w2 r1 joined']);
    expect(boundaries.counts).toEqual({ writes: 2, reads: 1, joined: 1, cut: 0 });
  });
  test('one write cut into two reads', () => {
    const boundaries = drawn([8], [5, 3]);
    expect(pieces(boundaries)).toEqual(['0-5 w1 r1 cut', '5-8 w1 r2 cut']);
    expect(boundaries.counts).toEqual({ writes: 1, reads: 2, joined: 0, cut: 1 });
  });
  test('joined and cut at once', () => {
    expect(pieces(drawn([5, 5], [7, 3]))).toEqual(['0-5 w1 r1 joined', '5-7 w2 r1 joined and cut', '7-10 w2 r2 cut']);
  });
  test('not read yet, or read before the write is told', () => {
    expect(pieces(drawn([5, 3], [5]))).toEqual(['0-5 w1 r1 kept', '5-8 w2 r? unread']);
    expect(pieces(drawn([], [5]))).toEqual(['0-5 w? r1 unwritten']);
  });
});

describe('where the oldest calls were dropped', () => {
  test('pieces begin where both ends are known, and what was dropped joined and cut nothing', () => {
    const boundaries = drawn([4, 6, 10], [10, 10], { writes: 1_000, reads: 1_000 });
    expect(pieces(boundaries)).toEqual(['1000-1004 w1 r1 joined', '1004-1010 w2 r1 joined', '1010-1020 w3 r2 kept']);
    expect(boundaries.counts).toEqual({ writes: 3, reads: 2, joined: 1, cut: 0 });
    expect(boundaries.pieceAt(1_004)).toBe(1);
    expect(boundaries.writesIn(0, 1_002)).toMatchObject([{ start: 1_000, end: 1_004 }]);
  });
  test('one end’s calls before that are of no piece', () => {
    const boundaries = drawn([10, 10, 10], [10, 10], { writes: 1_000, reads: 1_010 });
    expect(pieces(boundaries)).toEqual(['1010-1020 w2 r1 kept', '1020-1030 w3 r2 kept']);
    expect(boundaries.counts).toMatchObject({ joined: 0, cut: 0 });
    expect(boundaries.pieceAt(1_000)).toBe(0);
  });
  test('an end that was never observed does not matter', () => {
    expect(pieces(drawn([], [10, 5], { writes: 0, reads: 1_000 }))).toEqual([
      '1000-1010 w? r1 unwritten',
      '1010-1015 w? r2 unwritten',
    ]);
  });
});

test('a border beyond what both ends have told is open: nothing is known of it yet', () => {
  expect(drawn([5, 3, 4], [8]).bordersIn(0, 20)).toEqual([
    { at: 5, of: 'write' },
    { at: 8, of: 'both' },
    { at: 12, of: 'open' },
  ]);
});

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 });
test('whatever the borders: pieces fill the ruler, and the counts are those of the borders', () => {
  fc.assert(
    fc.property(sizes, sizes, (writes, reads) => {
      const boundaries = drawn(writes, reads);
      let next = 0;
      for (let index = 0; index < boundaries.pieceCount; index += 1) {
        const { start, end, write, read } = boundaries.piece(index);
        expect(start).toBe(next);
        for (const span of [write, read]) {
          if (span) expect(span.start <= start && end <= span.end).toBe(true);
        }
        expect(boundaries.pieceAt(start)).toBe(index);
        next = end;
      }
      expect(next).toBe(boundaries.length);
      const borders = boundaries.bordersIn(0, boundaries.length);
      const { joined, cut } = boundaries.counts;
      expect(borders.filter((border) => border.of === 'write')).toHaveLength(joined);
      expect(borders.filter((border) => border.of === 'read')).toHaveLength(cut);
    }),
  );
});

test('what is in view is what touches it', () => {
  fc.assert(
    fc.property(sizes, fc.nat(100), fc.nat(40), (writes, from, size) => {
      const boundaries = drawn(writes, []);
      const whole = boundaries.writesIn(0, boundaries.length);
      expect(whole).toHaveLength(writes.length);
      const seen = boundaries.writesIn(from, from + size);
      expect(seen).toEqual(whole.filter(({ start, end }) => end > from && start < from + size));
    }),
  );
});

test('both directions of a socket, grown with its log', () => {
  const events: TraceEvent[] = [
    { ...blank, end: 'local', call: 'connect', direction: undefined, offset: 0, count: 0 },
    { ...blank, end: 'local', call: 'send', direction: 'sent', offset: 0, count: 4 },
    { ...blank, end: 'peer', call: 'recv', direction: 'sent', offset: 0, count: 4 },
    { ...blank, end: 'peer', call: 'send', direction: 'received', offset: 0, count: 9 },
    { ...blank, end: 'local', call: 'recv', direction: 'received', offset: 0, count: 9 },
  ];
  const socket = new SocketBoundaries({ length: () => events.length, at: (index) => events[index] });
  while (!socket.update(2));
  expect(socket.sent.counts).toEqual({ writes: 1, reads: 1, joined: 0, cut: 0 });
  expect(socket.received.piece(0).read?.event).toBe(4);
});

test('two ends that tell of their own calls draw the borders together', () => {
  const call = (name: 'send' | 'recv', direction: 'sent' | 'received', offset: number, count: number): TraceEvent => ({
    ...blank,
    end: 'local',
    call: name,
    direction,
    offset,
    count,
  });
  const own = [call('send', 'sent', 0, 5), call('send', 'sent', 5, 3), call('recv', 'received', 0, 2)];
  const other = [call('recv', 'received', 0, 8), call('send', 'sent', 0, 4)];
  const log = (events: readonly TraceEvent[]) => ({
    at: (index: number) => events[index],
    length: () => events.length,
  });
  const boundaries = new SocketBoundaries(log(own), log(other));
  expect(boundaries.update(1)).toBe(false);
  expect(boundaries.update()).toBe(true);
  expect(pieces(boundaries.sent)).toEqual(['0-5 w1 r1 joined', '5-8 w2 r1 joined']);
  expect(pieces(boundaries.received)).toEqual(['0-2 w1 r1 cut', '2-4 w1 r? unread']);
  const { read, write } = boundaries.sent.piece(0);
  expect(read && boundaries.callOf(read)).toBe(other[0]);
  expect(write && boundaries.callOf(write)).toBe(own[0]);
});
