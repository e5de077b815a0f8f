import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace.ts';
import { Boundaries, SocketBoundaries } from './boundaries.ts';

const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;

/** Calls as sizes: what the page sent, and what its peer read of it. */
function drawn(writes: readonly number[], reads: readonly number[]): Boundaries {
  const boundaries = new Boundaries();
  let index = 0;
  for (const [end, call, sizes] of [
    ['local', 'send', writes],
    ['peer', 'recv', reads],
  ] as const) {
    let offset = 0;
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
    const { start, end, write, read, fate } = boundaries.piece(index);
    return `${start}-${end} w${write?.ordinal ?? '?'} r${read?.ordinal ?? '?'} ${fate}`;
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
