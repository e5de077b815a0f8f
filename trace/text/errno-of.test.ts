import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errnoOf, REFUSALS } from './errno-of.ts';

test('the errno of a refusal is the one that Python in the tab raises', () => {
  const shim = readFileSync(new URL('../../web/python/shim/errnos.py', import.meta.url), 'utf8');
  const table = /_REFUSALS = \{([^}]*)\}/.exec(shim)?.[1] ?? '';
  const rows = [...table.matchAll(/'(\w+)': '(\w+)'/g)].map(([, code, errno]) => [code, errno]);
  expect(rows.length).toBeGreaterThan(0);
  expect(Object.entries(REFUSALS)).toEqual(rows);
});
test('an errno is itself, and what the policy refuses is EACCES', () => {
  expect(errnoOf('ECONNREFUSED')).toBe('ECONNREFUSED');
  expect(errnoOf('TARGET_FORBIDDEN')).toBe('EACCES');
});
