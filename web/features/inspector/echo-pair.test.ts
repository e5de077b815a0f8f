import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace.ts';
import { echoPair } from './echo-pair.ts';

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
    const pair = echoPair(log, index);
    return pair ? `${pair.sent.offset}+${pair.sent.count} ${pair.received.offset}+${pair.received.count}` : '';
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
