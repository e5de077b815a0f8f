import { expect, test } from 'vitest';
import { TimeLine } from './time-line.ts';

const EPOCH = 1_795_337_400_123.456;
const SECOND = 1_000_000;
const HOUR = 3_600_000;

function begun(): TimeLine {
  const line = new TimeLine();
  line.read(2 * SECOND, EPOCH);
  return line;
}

test('a time of the server’s clock is the wall clock’s, to the microsecond', () => {
  const line = begun();
  expect(line.wallClock(line.place(3 * SECOND + 7))).toBeCloseTo(EPOCH + 3_000.007, 3);
});

test('a server that started again: what was keeps its wall time, and what comes stands after it', () => {
  const line = begun();
  const before = line.place(900 * SECOND);
  const wall = line.wallClock(before);
  // Nine hundred seconds later, and 1 s after the start of the other.
  line.read(SECOND, EPOCH + 905_000);
  expect(line.wallClock(before)).toBe(wall);
  const end = line.place(SECOND);
  expect(end).toBeGreaterThan(before);
  expect(line.wallClock(end)).toBeCloseTo(EPOCH + 906_000, 3);
});

test('a server that started again and soon, before its last event by its new clock: the end is still last', () => {
  const line = begun();
  const before = line.place(100 * SECOND);
  line.read(12 * SECOND, EPOCH + 90_000);
  expect(line.place(12 * SECOND)).toBeGreaterThan(before);
});

test('a server that started again on a clock that was set back: the end is last, and its wall time the clock’s', () => {
  const line = begun();
  const before = line.place(100 * SECOND);
  line.read(SECOND, EPOCH - HOUR);
  const end = line.place(SECOND);
  expect(end).toBeGreaterThanOrEqual(before);
  expect(line.wallClock(end)).toBeCloseTo(EPOCH - HOUR + 1_000, 3);
});

test.each([
  ['a clock that was set forward, or a machine that slept', HOUR],
  ['a clock that was set back', -HOUR],
])('%s: what was keeps its wall time and its place, what comes has the clock’s', (_, by) => {
  const line = begun();
  const before = line.place(10 * SECOND);
  line.read(11 * SECOND, EPOCH + by);
  const after = line.place(12 * SECOND);
  expect(after - before).toBe(2 * SECOND);
  expect(line.wallClock(before)).toBeCloseTo(EPOCH + 10_000, 3);
  expect(line.wallClock(after)).toBeCloseTo(EPOCH + by + 12_000, 3);
  // What happened before the clock was read, and is told late.
  expect(line.wallClock(line.place(10 * SECOND + 5))).toBeCloseTo(EPOCH + 10_000.005, 3);
});

test('a reading that is as near as readings are is no step', () => {
  const line = begun();
  for (let reading = 3; reading < 100; reading += 1) line.read(reading * SECOND, EPOCH + (reading % 2) * 0.4);
  expect(line.steps).toEqual([]);
});

test('a recording has its own steps, and no clock is read for it', () => {
  const line = new TimeLine([{ at: 5_000, by: 2_000 }]);
  expect([4_999, 5_000].map((at) => line.wallClock(at))).toEqual([4.999, 7]);
});
