import { expect, test } from 'vitest';
import { parsePath, pathOf } from './router.ts';

test.each([
  ['/', { base: '/', page: 'play' }],
  ['/index.html', { base: '/', page: 'play' }],
  ['/program', { base: '/', page: 'program' }],
  ['/learn', { base: '/', page: 'learn' }],
  ['/teach', { base: '/', page: 'teach' }],
  ['/play', { base: '/', page: 'missing' }],
  ['/nowhere', { base: '/', page: 'missing' }],
  ['/lab/sockets/', { base: '/lab/sockets/', page: 'play' }],
  ['/lab/sockets/program', { base: '/lab/sockets/', page: 'program' }],
  ['', { base: '/', page: 'play' }],
])('%s', (pathname, place) => {
  expect(parsePath(pathname)).toEqual(place);
});

test('every page has a path that leads back to it', () => {
  for (const base of ['/', '/a/b/']) {
    for (const page of ['play', 'program', 'learn', 'teach'] as const) {
      expect(parsePath(pathOf(base, page))).toEqual({ base, page });
    }
  }
});
