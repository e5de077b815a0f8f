import { expect, test } from 'vitest';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import { defaultLimits } from '../limits.ts';
import { SessionBudget } from './session-budget.ts';
import { TabSideWork } from './tab-side-work.ts';
import { Turns } from './turns.ts';

/** Rounds of the event loop, and time, that a test turns by hand. 100 ms of work a second, 50 saved up. */
function create() {
  const clock = new ManualClock();
  let next: (() => void) | undefined;
  const turns = new Turns((run) => {
    next = run;
  });
  const round = (): void => {
    const run = next;
    next = undefined;
    run?.();
  };
  const limits = { ...defaultLimits(1_024), workPerSecond: 100, workBurst: 50 };
  const tab = () => {
    const budget = new SessionBudget(clock.now, limits, (time, spender) => turns.spend(time, spender));
    return new TabSideWork({ budget, turns, clock });
  };
  return { clock, round, tab };
}

test('while the tab owes nothing and there is time in the round, its side work goes on', () => {
  const { tab, round } = create();
  const work = tab();
  work.spend(1);
  expect(work.mayGoOn).toBe(true);
  work.spend(12); // more than a round has
  expect(work.mayGoOn).toBe(false);
  round();
  expect(work.mayGoOn).toBe(true);
});

test('a tab that owes processor time has paid for it before its side work goes on', () => {
  const { tab, round, clock } = create();
  const work = tab();
  work.spend(60);
  round();
  expect(work.mayGoOn).toBe(false);
  let runs = 0;
  work.whenMayGoOn(() => {
    runs += 1;
  });
  clock.advance(99);
  round();
  expect(runs).toBe(0);
  clock.advance(1);
  round();
  expect(runs).toBe(1);
});

test('in a late round it is the turn of whoever has used least', () => {
  const { tab, round } = create();
  const [busy, quiet] = [tab(), tab()];
  const done: string[] = [];
  busy.spend(40);
  quiet.spend(1);
  busy.whenMayGoOn(() => {
    done.push('busy');
    busy.spend(5);
  });
  quiet.whenMayGoOn(() => {
    done.push('quiet');
    quiet.spend(11);
  });
  round();
  expect(done).toEqual(['quiet']);
  round();
  expect(done).toEqual(['quiet', 'busy']);
});

test('what is cancelled does not run, whatever it waits for', () => {
  const { tab, round, clock } = create();
  const work = tab();
  const run = () => expect.unreachable();
  work.whenMayGoOn(run)();
  work.spend(60);
  work.whenMayGoOn(run)();
  clock.advance(1_000);
  round();
});
