import { expect, test } from 'vitest';
import { nextTheme, parseTheme } from './theme.ts';

test.each([
  [null, 'system'],
  ['light', 'light'],
  ['dark', 'dark'],
  ['sepia', 'system'],
])('stored %s is %s', (stored, theme) => {
  expect(parseTheme(stored)).toBe(theme);
});

test('three presses lead through every theme and back', () => {
  expect(nextTheme('system')).toBe('light');
  expect(nextTheme('light')).toBe('dark');
  expect(nextTheme('dark')).toBe('system');
});
