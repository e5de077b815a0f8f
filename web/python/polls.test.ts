import { expect, test } from 'vitest';
import { Polls } from './polls.ts';

const SELECT = 7 * 32 + 14;
const RECV = 7 * 32 + 6;

test('a line that polls has waited since its first call', () => {
  const polls = new Polls();
  polls.ended({ site: SELECT, since: 0 }, 500);
  polls.ended({ site: SELECT, since: 501 }, 1_001);
  expect(polls.sinceOf({ site: SELECT, since: 1_002 })).toBe(0);
});

test('a loop that does something in between begins anew', () => {
  const polls = new Polls();
  polls.ended({ site: SELECT, since: 0 }, 500);
  expect(polls.sinceOf({ site: SELECT, since: 900 })).toBe(900);
});

test('a recv() that returned and waits again is a wait of its own', () => {
  const polls = new Polls();
  polls.ended({ site: RECV, since: 0 }, 500);
  expect(polls.sinceOf({ site: RECV, since: 501 })).toBe(501);
});

test('places of threads that are over do not pile up', () => {
  const polls = new Polls();
  for (let thread = 0; thread < 1_000; thread += 1) polls.ended({ site: SELECT + thread * 2 ** 25, since: 0 }, 500);
  expect(polls.sinceOf({ site: SELECT, since: 501 })).toBe(501);
});
