import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../../trace/event.ts';
import { echoPairs } from './echo-pair.ts';

type Told = readonly [end: 'local' | 'peer', call: 'send' | 'recv', offset: number, count: number];
function pairs(...told: readonly Told[]): string[] {
  const blank = { at: 0, argument: undefined, text: '', error: undefined, took: undefined } as const;
  const events = told.map(([end, call, offset, count]): TraceEvent => {
    return {
      ...blank,
      end,
      call,
      offset,
      count,
      direction: (end === 'local') === (call === 'send') ? 'sent' : 'received',
    };
  });
  const log = { length: () => events.length, at: (index: number) => events[index] };
  return events.map((_, index) => {
    const found = echoPairs(log, index);
    return found
      .map(({ sent, received }) => `${sent.offset}+${sent.count} ${received.offset}+${received.count}`)
      .join(', ');
  });
}

test('where the server is seen, an answer belongs to the read before it', () => {
  expect(
    pairs(
      ['local', 'send', 0, 5],
      ['local', 'send', 5, 3],
      ['peer', 'recv', 0, 8],
      ['peer', 'send', 0, 40],
      ['local', 'recv', 0, 30],
      ['local', 'recv', 30, 10],
    ),
  ).toEqual(['0+8 0+40', '0+8 0+40', '0+8 0+40', '0+8 0+40', '0+8 0+40', '0+8 0+40']);
});
test('also where its calls are told after ours', () => {
  expect(
    pairs(['local', 'send', 0, 5], ['local', 'recv', 0, 9], ['peer', 'recv', 0, 5], ['peer', 'send', 0, 9])[1],
  ).toBe('0+5 0+9');
});
test('where it is not, to our last send', () => {
  expect(pairs(['local', 'send', 0, 5], ['local', 'recv', 0, 9])).toEqual(['0+5 0+9', '0+5 0+9']);
});
test('nothing has come back yet, or nothing was sent before', () => {
  expect(pairs(['local', 'send', 0, 5])).toEqual(['']);
  expect(pairs(['local', 'recv', 0, 5])).toEqual(['']);
});

test('sends before the first answer each find their own, not the one that comes first', () => {
  const first = '0+5 0+40';
  const second = '5+3 40+38';
  expect(
    pairs(
      ['local', 'send', 0, 5],
      ['local', 'send', 5, 3],
      ['peer', 'recv', 0, 5],
      ['peer', 'send', 0, 40],
      ['peer', 'recv', 5, 3],
      ['peer', 'send', 40, 38],
      ['local', 'recv', 0, 78],
    ),
  ).toEqual([first, second, first, first, second, second, `${first}, ${second}`]);
});
test('one send that is read in pieces has an answer for each', () => {
  const told = pairs(
    ['local', 'send', 0, 8],
    ['peer', 'recv', 0, 4],
    ['peer', 'send', 0, 30],
    ['peer', 'recv', 4, 4],
    ['peer', 'send', 30, 30],
    ['local', 'recv', 0, 60],
  );
  expect(told[0]).toBe('0+4 0+30, 4+4 30+30');
  expect(told[3]).toBe('4+4 30+30');
});
test('an answer in slices is one, and so are the reads before it', () => {
  expect(
    pairs(
      ['peer', 'recv', 0, 2],
      ['peer', 'recv', 2, 2],
      ['peer', 'send', 0, 1],
      ['peer', 'send', 1, 3],
      ['peer', 'recv', 4, 5],
    ),
  ).toEqual(['0+4 0+4', '0+4 0+4', '0+4 0+4', '0+4 0+4', '']);
});
test('of a million events a few are looked at', () => {
  let looks = 0;
  const read: TraceEvent = {
    at: 0,
    end: 'peer',
    call: 'recv',
    argument: 1,
    direction: 'sent',
    offset: 0,
    count: 1,
    text: '',
    error: undefined,
    took: undefined,
  };
  const at = (index: number): TraceEvent | undefined => {
    looks += 1;
    return index < 0 || index >= 1_000_000 ? undefined : { ...read, offset: index };
  };
  expect(echoPairs({ length: () => 1_000_000, at }, 500_000)).toEqual([]);
  expect(looks).toBeLessThan(20_000);
});
