import { expect, test } from 'vitest';
import { CALL_NAMES, PROGRAM_CALLS } from '../../protocol/call.ts';
import { CALL_SITES, siteOf } from './call-sites.ts';

test('each call of a program has one number', () => {
  const ofSockets = CALL_NAMES.filter((call) => call !== 'print' && call !== 'reset');
  expect(new Set(CALL_SITES)).toEqual(new Set([...ofSockets, ...PROGRAM_CALLS]));
  expect(new Set(CALL_SITES).size).toBe(CALL_SITES.length);
});

test.each([
  ['the main thread', 7 * 32 + 6, { line: 7, call: 'recv', thread: 0 }],
  ['no line of the program', 3, { line: 0, call: 'accept', thread: 0 }],
  ['a thread', (9 * 2 ** 20 + 1_234) * 32 + 22, { line: 1_234, call: 'wait', thread: 9 }],
  ['the ten-thousandth thread', (10_000 * 2 ** 20 + 1) * 32, { line: 1, call: 'socket', thread: 10_000 }],
] as const)('%s', (_, site, expected) => {
  expect(siteOf(site)).toEqual(expected);
});
