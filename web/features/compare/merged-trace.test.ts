import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../trace/event.ts';
import { MergedTrace } from './merged-trace.ts';

function logOf(times: number[]) {
  const events = times.map((at) => ({ at }) as TraceEvent);
  return {
    length: () => events.length,
    at: (index: number) => events[index],
    add: (at: number) => events.push({ at } as TraceEvent),
  };
}
const rowsOf = (merged: MergedTrace) =>
  Array.from({ length: merged.count }, (_, row) => [merged.at(row).log, merged.at(row).event.at]);

test('rows of both logs stand by their time, also those that come late', () => {
  const [a, b] = [logOf([1, 4]), logOf([2, 3])];
  const merged = new MergedTrace([a, b]);
  merged.update();
  expect(rowsOf(merged)).toEqual([
    [0, 1],
    [1, 2],
    [1, 3],
    [0, 4],
  ]);
  b.add(3);
  a.add(9);
  merged.update();
  expect(rowsOf(merged)).toEqual([
    [0, 1],
    [1, 2],
    [1, 3],
    [1, 3],
    [0, 4],
    [0, 9],
  ]);
});
