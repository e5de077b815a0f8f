import { expect, test } from 'vitest';
import { ManualClock } from '../../protocol/testing/manual-clock.ts';
import { Guesses } from './guesses.ts';

test('ten wrong codes a minute of one address are looked at as they come, more a second later; others are not kept', () => {
  const clock = new ManualClock();
  const guesses = new Guesses(clock.now);
  for (let guess = 0; guess < 10; guess += 1) {
    expect(guesses.wait('a')).toBe(0);
    expect(guesses.charge('a')).toBe(true);
  }
  expect([guesses.charge('a'), guesses.wait('a'), guesses.wait('b')]).toEqual([false, 1_000, 0]);
  clock.advance(6_000);
  expect(guesses.wait('a')).toBe(0);
});

test('200 wrong codes a minute of however many addresses, then all codes are looked at a second later', () => {
  const clock = new ManualClock();
  const guesses = new Guesses(clock.now);
  for (let guess = 0; guess < 200; guess += 1) guesses.charge(`network ${guess}`);
  expect(guesses.wait('another')).toBe(1_000);
  clock.advance(1_000);
  expect(guesses.wait('another')).toBe(0);
  guesses.sweep();
});
