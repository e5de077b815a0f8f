import { expect, test } from 'vitest';
import { failureOf } from '../../../protocol/testing/failures.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import { defaultLimits } from '../limits.ts';
import { SessionBudget } from './session-budget.ts';

const RATES = { opensPerSecond: 10, opensBurst: 4 };

test('OPENs that were sent in time are taken, although the first of them came late', () => {
  const clock = new ManualClock();
  const budget = new SessionBudget(
    () => clock.now(),
    { ...defaultLimits(1_024), ...RATES },
    () => undefined,
  );
  // Sent at 0, 0, 0, 0, 100, 200, 300 ms; the first four came at 290 ms.
  for (let sent = 0; sent < 7; sent += 1) budget.open();
});

test('more OPENs than may be late are refused', () => {
  const clock = new ManualClock();
  const budget = new SessionBudget(
    () => clock.now(),
    { ...defaultLimits(1_024), ...RATES },
    () => undefined,
  );
  for (let open = 0; open < 9; open += 1) budget.open();
  expect(failureOf(() => budget.open()).code).toBe('OPEN_RATE_EXCEEDED');
});
