import { expect, test } from 'vitest';
import type { DeepLink } from '../ui/page/deep-link.ts';
import { parseDeepLink, parsePath, pathOf } from './router.ts';

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

test.each<[DeepLink, string]>([
  [{}, '/a/learn'],
  [{ lesson: 'stream' }, '/a/learn#lesson=stream'],
  [{ lesson: 'stream', step: 'cut' }, '/a/learn#lesson=stream&step=cut'],
  [{ room: 'K7M-4TQ' }, '/a/learn#room=K7M-4TQ'],
  [{ lesson: 'udp', room: 'K7M4TQ' }, '/a/learn#lesson=udp&room=K7M4TQ'],
])('%o is the address %s, also below a path', (link, address) => {
  const path = pathOf('/a/', 'learn', link);
  expect(path).toBe(address);
  const { pathname, search, hash } = new URL(path, 'http://localhost');
  expect(parsePath(pathname)).toEqual({ base: '/a/', page: 'learn' });
  expect(parseDeepLink({ search, hash })).toEqual(link);
});

test('a lesson in the query, as older links have it, is the same lesson', () => {
  expect(parseDeepLink({ search: '?lesson=stream&step=cut', hash: '' })).toEqual({ lesson: 'stream', step: 'cut' });
});

test('what else stands in an address is no deep link', () => {
  expect(parseDeepLink({ search: '?host=::1&port=8009&lesson=', hash: '#token=secret' })).toEqual({});
});
