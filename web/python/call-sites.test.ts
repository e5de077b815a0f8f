import { expect, test } from 'vitest';
import { siteOf } from './call-sites.ts';

test.each([
  ['the main thread', 7 * 32 + 6, { line: 7, call: 'recv', thread: 0 }],
  ['no line of the program', 3, { line: 0, call: 'accept', thread: 0 }],
  ['a thread', (9 * 2 ** 20 + 1_234) * 32 + 22, { line: 1_234, call: 'wait', thread: 9 }],
  ['the ten-thousandth thread', (10_000 * 2 ** 20 + 1) * 32, { line: 1, call: 'socket', thread: 10_000 }],
] as const)('%s', (_, site, expected) => {
  expect(siteOf(site)).toEqual(expected);
});
