import { expect, test } from 'vitest';
import { tokenFromFragment } from './token.ts';

test.each([
  ['#token=abc', 'abc'],
  ['#lesson=2&token=a%2Bb', 'a+b'],
  ['#program=xyz', undefined],
  ['', undefined],
])('%s', (hash, token) => {
  expect(tokenFromFragment(hash)).toBe(token);
});
