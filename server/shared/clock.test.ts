import { expect, test } from 'vitest';
import { createMonotonicClock } from './clock.ts';

const ORIGIN = 1_795_337_400_123.456;
const HOUR = 3_600_000;

/** A machine whose process has run for 50.25 ms; its wall clock is told in whole milliseconds. */
function machine() {
  const time = { ran: 50.25, set: 0 };
  const clock = createMonotonicClock({
    monotonic: () => time.ran,
    wall: () => Math.floor(ORIGIN + time.ran + time.set),
    origin: ORIGIN,
  });
  return { time, clock };
}

test('the epoch has fractions of a millisecond', () => {
  const { time, clock } = machine();
  for (const ran of [50.25, 50.9, 51.3, 1_000.7]) {
    time.ran = ran;
    expect(clock.epoch).toBeCloseTo(ORIGIN + 50.25, 3);
    expect(clock.epoch + clock.nowMicros() / 1_000).toBeCloseTo(ORIGIN + ran, 2);
  }
});

test.each([
  ['set forward', HOUR],
  ['set back', -HOUR],
  ['stopped while the machine slept', 8 * HOUR],
])('a wall clock that was %s is followed, within a millisecond and soon nearer', (_, by) => {
  const { time, clock } = machine();
  expect(clock.epoch).toBeCloseTo(ORIGIN + 50.25, 3);
  time.set = by;
  const expected = ORIGIN + 50.25 + by;
  expect(Math.abs(clock.epoch - expected)).toBeLessThanOrEqual(1);
  for (let reading = 0; reading < 100; reading += 1) {
    time.ran += 250.13;
    expect(Math.abs(clock.epoch - expected)).toBeLessThanOrEqual(1);
  }
  expect(Math.abs(clock.epoch - expected)).toBeLessThan(0.05);
});

test('the monotonic clock does not follow: it never goes back', () => {
  const { time, clock } = machine();
  time.ran = 60.25;
  time.set = -HOUR;
  expect(clock.nowMicros()).toBe(10_000);
});

test('the system’s own wall clock is told right', () => {
  const clock = createMonotonicClock();
  const before = Date.now();
  const told = clock.epoch + clock.nowMicros() / 1_000;
  expect(told).toBeGreaterThan(before - 1);
  expect(told).toBeLessThan(Date.now() + 1.1);
});
