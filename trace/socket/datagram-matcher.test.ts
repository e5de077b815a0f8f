import { expect, test } from 'vitest';
import { DatagramMatcher } from './datagram-matcher.ts';

test('a recvfrom takes the next datagram of its length, and those before it were lost', () => {
  const matcher = new DatagramMatcher();
  for (const [offset, count] of [
    [0, 5],
    [5, 3],
    [8, 9],
  ] as const) {
    matcher.add({ offset, count });
  }
  expect(matcher.take(3, 1_024)).toEqual({ offset: 5, count: 3 });
  expect(matcher.take(5, 1_024)).toBeUndefined();
});

test('a recvfrom(n) of n bytes may have cut a longer datagram off', () => {
  const matcher = new DatagramMatcher();
  matcher.add({ offset: 0, count: 12 });
  matcher.add({ offset: 12, count: 12 });
  expect(matcher.take(8, 8)).toEqual({ offset: 0, count: 12 });
  expect(matcher.take(8, 1_024)).toBeUndefined();
});
