import { expect, test } from 'vitest';
import { type Turn, Turns } from './turns.ts';

/** Rounds of an event loop that a test turns by hand. */
function create() {
  let next: (() => void) | undefined;
  const turns = new Turns((run) => {
    next = run;
  });
  const round = (): void => {
    const run = next;
    next = undefined;
    run?.();
  };
  const done: string[] = [];
  const turn = (name: string, used: number, costs: number): Turn => {
    const budget = { recentWork: () => used };
    const run = (): void => {
      done.push(name);
      turns.spend(costs, budget);
    };
    return { budget, run };
  };
  return { turns, round, done, turn };
}

test('who has used least is served first, and the others as far as the round goes', () => {
  const { turns, round, done, turn } = create();
  for (const each of [turn('most', 300, 3), turn('much', 200, 3), turn('more', 100, 3)]) turns.wait(each);
  expect(done).toEqual([]);
  round();
  expect(done).toEqual(['more', 'much']);
  round();
  expect(done).toEqual(['more', 'much', 'most']);
});

test('a round of one alone is longer than one of several, and so is the next but one after they have gone', () => {
  const { turns, round } = create();
  const [one, other] = [{}, {}];
  turns.spend(5, one);
  expect(turns.hasTime).toBe(true);
  turns.spend(0.1, other);
  expect(turns.hasTime).toBe(false);
  round();
  turns.spend(5, other);
  expect(turns.hasTime).toBe(false);
  round();
  turns.spend(5, other);
  expect(turns.hasTime).toBe(true);
  turns.spend(5, other);
  expect(turns.hasTime).toBe(false);
});

test('a round ends, and the next begins anew', () => {
  const { turns, round } = create();
  expect(turns.hasTime).toBe(true);
  turns.spend(50, {});
  expect(turns.hasTime).toBe(false);
  round();
  expect(turns.hasTime).toBe(true);
});

test('who has left has no turn', () => {
  const { turns, round, done, turn } = create();
  const left = turn('left', 1, 1);
  turns.wait(left);
  turns.forget(left);
  round();
  expect(done).toEqual([]);
});
