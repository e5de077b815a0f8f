import { expect, test } from 'vitest';
import { ServerTime } from './server-time.ts';

/** This clock shows 1,000 ms where the server's shows 0. */
const APART = 1_000;
const server = (now: number) => (now - APART) * 1_000;

test('before the server has told a time, this clock stands in and nothing is promised', () => {
  const time = new ServerTime();
  expect(time.isKnown).toBe(false);
  expect(time.bound).toBeUndefined();
  expect(time.at(5)).toBe(5_000);
});

test('frames alone bound one side: no frame is shown to come before its time', () => {
  const time = new ServerTime();
  time.heard(server(1_000), 1_003);
  expect(time.at(1_003)).toBe(0);
  time.heard(server(1_003), 1_004);
  expect(time.at(1_004)).toBeGreaterThanOrEqual(server(1_003));
  expect(time.at(1_003)).toBeLessThanOrEqual(server(1_003));
  expect(time.bound).toBeUndefined();
});

test('both ways bound it, and the fastest of each way counts', () => {
  const time = new ServerTime();
  time.reached(server(1_008), 1_000);
  time.heard(server(1_000), 1_002);
  time.reached(server(1_001), 1_000);
  expect(time.bound).toBe(1_500);
  expect(time.at(1_010)).toBe(server(1_010) - 500);
});

test('the true time is within the bound, however the ways differ, and later frames do not lose it', () => {
  const time = new ServerTime();
  for (let now = 1_000; now < 61_000; now += 700) {
    time.reached(server(now + (now % 13)), now);
    time.heard(server(now), now + (now % 7) + 1);
    const bound = time.bound as number;
    expect(Math.abs(time.at(now) - server(now))).toBeLessThanOrEqual(bound);
  }
  expect(time.bound).toBeLessThan(8_000);
});

test('what is long ago holds less: the clocks may drift by 100 ppm', () => {
  const time = new ServerTime();
  time.reached(server(1_000), 1_000);
  time.heard(server(1_000), 1_000);
  expect(time.bound).toBe(0);
  time.heard(server(11_000) - 50_000, 11_000);
  expect(time.bound).toBeCloseTo(1_000);
});

test('a server that starts again begins its clock anew', () => {
  const time = new ServerTime();
  time.reached(9_000_000, 1_000);
  time.heard(9_000_000, 1_000);
  time.reached(10_000, 2_000);
  expect(time.isKnown).toBe(false);
  time.heard(11_000, 2_002);
  expect(time.at(2_002)).toBeGreaterThanOrEqual(11_000);
  expect(time.bound).toBeLessThan(2_000);
});
