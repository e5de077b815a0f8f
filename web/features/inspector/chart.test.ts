import { expect, test } from 'vitest';
import { FactList } from '../../../trace/fact-list.ts';
import { chartOf, pointsOf } from './chart.ts';

test('a value holds until the next one: the line goes in steps, to the time of the last word', () => {
  const chart = chartOf(
    [
      { at: 1_000, value: 10 },
      { at: 2_000, value: 30 },
      { at: 3_000, value: 20 },
    ],
    5_000,
    100,
    20,
  );
  expect(chart).toEqual({
    points: '0.0,20.0 25.0,20.0 25.0,0.0 50.0,0.0 50.0,10.0 100.0,10.0',
    now: 20,
    least: 10,
    most: 30,
    span: 4_000,
  });
});

test('what has not changed is no chart', () => {
  expect(chartOf([], 0, 100, 20)).toBeUndefined();
  expect(chartOf([{ at: 1, value: 5 }], 9, 100, 20)).toBeUndefined();
});

test('only what was measured is a point, and what is as before is none', () => {
  const facts = new FactList<{ rtt?: number; queue: number }>();
  facts.add(1, { rtt: 40, queue: 0 });
  facts.add(2, { rtt: 40, queue: 7 });
  facts.add(3, { rtt: 50, queue: 7 });
  facts.add(4, { queue: 0 });
  expect(pointsOf(facts, ({ rtt }) => rtt)).toEqual([
    { at: 1, value: 40 },
    { at: 3, value: 50 },
  ]);
  expect(pointsOf(facts, ({ queue }) => queue)).toHaveLength(3);
});
