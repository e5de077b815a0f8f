import { expect, test } from 'vitest';
import { pickLanguage } from './language.ts';

test.each([
  ['zh-CN', ['en-GB'], 'zh-CN'],
  ['en', ['zh-CN'], 'en'],
  [null, ['zh-TW', 'en'], 'zh-CN'],
  [null, ['zh', 'en'], 'zh-CN'],
  [null, ['de-DE', 'en-US', 'zh-CN'], 'en'],
  [null, ['de-DE', 'zh-Hans-CN'], 'zh-CN'],
  [null, ['fr'], 'en'],
  [null, [], 'en'],
  ['tlh', ['zh-CN'], 'zh-CN'],
] as const)('chosen %s, browser %s: %s', (chosen, preferred, expected) => {
  expect(pickLanguage(chosen, preferred)).toBe(expected);
});
