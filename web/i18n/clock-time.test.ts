import { expect, test } from 'vitest';
import { formatClockTime, formatDay } from './clock-time.ts';

const nine = new Date(2016, 8, 15, 9, 29, 3, 214).getTime();

test.each([
  [0, '09:29:03.214 000'],
  [0.402, '09:29:03.214 402'],
  [0.0004, '09:29:03.214 000'],
  [0.9996, '09:29:03.215 000'],
  [785.9999, '09:29:04.000 000'],
])('%d ms later it is %s', (later, text) => {
  expect(formatClockTime(nine + later)).toBe(text);
});

test('the day is the local one', () => {
  expect(formatDay(nine)).toBe('2016-09-15');
  expect(formatDay(new Date(2026, 0, 3).getTime())).toBe('2026-01-03');
});
