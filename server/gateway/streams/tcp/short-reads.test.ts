import { expect, test } from 'vitest';
import { ShortReads } from './short-reads.ts';

/** A tab that owes, or does not, as the test says. */
function create() {
  const tab = { spent: 0, mayGoOn: true, waiting: new Set<() => void>(), readAgain: 0 };
  const reads = new ShortReads(
    {
      spend: (time) => {
        tab.spent += time;
      },
      get mayGoOn() {
        return tab.mayGoOn;
      },
      whenMayGoOn: (run) => {
        tab.waiting.add(run);
        return () => void tab.waiting.delete(run);
      },
    },
    () => {
      tab.readAgain += 1;
    },
  );
  return { tab, reads };
}

test('each recv of a few bytes is paid for, a long one is not', () => {
  const { tab, reads } = create();
  reads.count(1);
  reads.count(255);
  expect(tab.spent).toBeCloseTo(0.04);
  reads.count(256);
  reads.count(65_536);
  expect(tab.spent).toBeCloseTo(0.04);
  expect(reads.isWaiting).toBe(false);
});

test('a tab that owes is not read until it may go on', () => {
  const { tab, reads } = create();
  tab.mayGoOn = false;
  reads.count(1);
  reads.count(1);
  expect([reads.isWaiting, tab.waiting.size]).toEqual([true, 1]);
  for (const run of tab.waiting) run();
  expect([reads.isWaiting, tab.readAgain]).toEqual([false, 1]);
});

test('a connection that has ended waits for nothing', () => {
  const { tab, reads } = create();
  tab.mayGoOn = false;
  reads.count(1);
  reads.end();
  expect([reads.isWaiting, tab.waiting.size]).toEqual([false, 0]);
});
