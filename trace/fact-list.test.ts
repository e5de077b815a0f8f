import { expect, test } from 'vitest';
import { FACTS_KEPT, FactList } from './fact-list.ts';

test('what stands as before is no new fact; what stands otherwise is one, with its time', () => {
  const facts = new FactList<{ waiting: number; max?: number }>();
  facts.add(1, { waiting: 0 });
  facts.add(2, { waiting: 0 });
  facts.add(3, { waiting: 1 });
  facts.add(4, { waiting: 1, max: 6 });
  facts.add(5, { waiting: 0 });
  expect(Array.from({ length: facts.length }, (_, index) => facts.at(index))).toEqual([
    { at: 1, value: { waiting: 0 } },
    { at: 3, value: { waiting: 1 } },
    { at: 4, value: { waiting: 1, max: 6 } },
    { at: 5, value: { waiting: 0 } },
  ]);
});

test('the oldest are dropped', () => {
  const facts = new FactList<{ waiting: number }>();
  for (let waiting = 0; waiting < FACTS_KEPT + 3; waiting += 1) facts.add(waiting, { waiting });
  expect(facts.length).toBe(FACTS_KEPT);
  expect([facts.at(0)?.at, facts.at(-1)?.at]).toEqual([3, FACTS_KEPT + 2]);
});
