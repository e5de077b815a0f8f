import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cTime } from './c-time.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.each([
  [new Date(2016, 8, 15, 22, 29, 12), 'Thu Sep 15 22:29:12 2016'],
  [new Date(2026, 0, 1, 0, 0, 0), 'Thu Jan  1 00:00:00 2026'],
  [new Date(2024, 1, 29, 9, 5, 7), 'Thu Feb 29 09:05:07 2024'],
  [new Date(1999, 11, 31, 23, 59, 59, 999), 'Fri Dec 31 23:59:59 1999'],
])('%s', (date, expected) => {
  expect(cTime(date)).toBe(expected);
});

test.skipIf(!hasPython)('is what time.ctime() prints, an instant in every month and hour', () => {
  const seconds = Array.from({ length: 400 }, (_, index) => index * 4_000_003);
  const script = 'import sys, time\nfor line in sys.stdin: print(time.ctime(int(line)))';
  const { stdout } = spawnSync('python3', ['-c', script], { input: seconds.join('\n'), encoding: 'latin1' });
  expect(seconds.map((at) => cTime(new Date(at * 1_000)))).toEqual(stdout.trimEnd().split('\n'));
});
