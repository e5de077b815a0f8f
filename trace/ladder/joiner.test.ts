import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../event.ts';
import { CallJoiner } from './joiner.ts';

const SEND = 'send';
const READ = 'read';
type Told = readonly [side: typeof SEND | typeof READ, offset: number, count: number];

/** Tells one joiner of calls, and returns what it said of each. */
function join(...told: readonly Told[]) {
  const events = told.map(([side, offset, count]): TraceEvent => {
    const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
    return side === SEND
      ? { ...blank, end: 'local', call: 'send', direction: 'sent', offset, count }
      : { ...blank, end: 'peer', call: 'recv', direction: 'sent', offset, count };
  });
  const log = { at: (index: number) => events[index] };
  const joiner = new CallJoiner(log, log);
  return told.map(([side], index) => (side === SEND ? joiner.addSend(index) : joiner.addRead(index)));
}
const partnerOf = (send: number) => ({ send, isPartner: true });
const restOf = (send: number) => ({ send, isPartner: false });

describe('the sends are known first', () => {
  test('one read for each send', () => {
    expect(join([SEND, 0, 5], [READ, 0, 5], [SEND, 5, 3], [READ, 5, 3])).toEqual([[], partnerOf(0), [], partnerOf(2)]);
  });
  test('two sends joined in one read: it belongs to the one its last byte came from', () => {
    expect(join([SEND, 0, 5], [SEND, 5, 3], [READ, 0, 8])).toEqual([[], [], partnerOf(1)]);
  });
  test('one send cut into two reads: the second is a rest', () => {
    expect(join([SEND, 0, 8], [READ, 0, 5], [READ, 5, 3])).toEqual([[], partnerOf(0), restOf(0)]);
  });
  test('joined and cut at once', () => {
    expect(join([SEND, 0, 5], [SEND, 5, 5], [READ, 0, 7], [READ, 7, 3])).toEqual([[], [], partnerOf(1), restOf(1)]);
  });
});

describe('the reads are known first', () => {
  test('one read for each send', () => {
    expect(join([READ, 0, 5], [SEND, 0, 5], [READ, 5, 3], [SEND, 5, 3])).toEqual([undefined, [0], undefined, [2]]);
  });
  test('two sends joined in one read', () => {
    expect(join([READ, 0, 8], [SEND, 0, 5], [SEND, 5, 3])).toEqual([undefined, [], [0]]);
  });
  test('one send cut into two reads, and a third that comes after it', () => {
    expect(join([READ, 0, 2], [READ, 2, 3], [SEND, 0, 8], [READ, 5, 3])).toEqual([
      undefined,
      undefined,
      [0, 1],
      restOf(2),
    ]);
  });
  test('a send that was joined to a later one has no partner of its own', () => {
    expect(join([READ, 0, 8], [SEND, 0, 5], [SEND, 5, 3], [SEND, 8, 2], [READ, 8, 2])).toEqual([
      undefined,
      [],
      [0],
      [],
      partnerOf(3),
    ]);
  });
});

test('empty datagrams are told apart by their count', () => {
  expect(join([SEND, 0, 5], [SEND, 5, 0], [SEND, 5, 4], [READ, 0, 5], [READ, 5, 0], [READ, 5, 4])).toEqual([
    [],
    [],
    [],
    partnerOf(0),
    partnerOf(1),
    partnerOf(2),
  ]);
});

test('a read of bytes whose send was never told belongs to none', () => {
  expect(join([SEND, 10, 5], [READ, 0, 10], [READ, 10, 5])).toEqual([[], undefined, partnerOf(0)]);
});
