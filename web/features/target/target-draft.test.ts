import { describe, expect, test } from 'vitest';
import {
  FIRST_TARGET,
  firstTarget,
  parseStoredTarget,
  parseTargetDraft,
  splitTarget,
  targetFromQuery,
} from './target-draft.ts';

describe('what stands in the fields', () => {
  test.each([
    ['tcp', '127.0.0.1', '8009', { kind: 'tcp', host: '127.0.0.1', port: 8009 }],
    ['udp', ' LOCALHOST ', ' 8011 ', { kind: 'udp', host: 'localhost', port: 8011 }],
    ['tcp', '[::1]', '8009', { kind: 'tcp', host: '::1', port: 8009 }],
    ['tcp', '/tmp/echo.sock', '', { kind: 'unix', host: '/tmp/echo.sock', port: 0 }],
    ['tcp', 'http://x/', '8009', { errors: { host: 'HOST_INVALID' } }],
    ['tcp', '127.0.0.1', '65536', { errors: { port: 'PORT_INVALID' } }],
    ['tcp', '', '', { errors: { host: 'HOST_INVALID', port: 'PORT_INVALID' } }],
    ['udp', '/tmp/echo.sock', '1', { errors: { host: 'HOST_INVALID' } }],
  ] as const)('%s %s %s', (protocol, host, port, expected) => {
    expect(parseTargetDraft({ protocol, host, port })).toEqual(expected);
  });
});

describe('the address bar', () => {
  test.each([
    ['', undefined],
    ['?lesson=3', undefined],
    ['?host=::1&port=9000', { protocol: 'tcp', host: '::1', port: '9000' }],
    ['?protocol=UDP&port=8011', { protocol: 'udp', host: '127.0.0.1', port: '8011' }],
    ['?protocol=sctp', FIRST_TARGET],
    ['?host=', { ...FIRST_TARGET, host: '' }],
  ])('%s', (search, expected) => {
    expect(targetFromQuery(search)).toEqual(expected);
  });
});

describe('a first visit', () => {
  const server = { name: 'Timestamp echo', protocol: 'tcp', host: '127.0.0.1', preferredPort: 8_009 } as const;
  const other = { name: 'Raw echo', protocol: 'tcp', host: '127.0.0.1', preferredPort: 8_007, port: 8_007 } as const;
  test('goes to the tutorial’s port while the lab is not known', () => {
    expect(firstTarget([])).toEqual(FIRST_TARGET);
    expect(firstTarget([other])).toEqual(FIRST_TARGET);
  });
  test('goes where that server listens instead, if its port was in use', () => {
    expect(firstTarget([other, { ...server, port: 40_123 }])).toEqual({ ...FIRST_TARGET, port: '40123' });
  });
  test('goes where the gateway proposes', () => {
    const lab = [
      { ...server, port: 8_009 },
      { ...other, isFirst: true },
    ] as const;
    expect(firstTarget(lab)).toEqual({ ...FIRST_TARGET, port: '8007' });
  });
});

test.each([
  [undefined, undefined],
  ['text', undefined],
  [{ host: 1, port: '2' }, undefined],
  [
    { protocol: 'udp', host: 'h', port: 'p' },
    { protocol: 'udp', host: 'h', port: 'p' },
  ],
])('stored %j', (stored, expected) => {
  expect(parseStoredTarget(stored)).toEqual(expected);
});

describe('a target that is pasted whole', () => {
  test.each([
    ['127.0.0.1:8009', 'udp', { protocol: 'udp', host: '127.0.0.1', port: '8009' }],
    [' http://localhost:8080/ ', 'udp', { protocol: 'tcp', host: 'localhost', port: '8080' }],
    ['udp://[::1]:8011', 'tcp', { protocol: 'udp', host: '[::1]', port: '8011' }],
    ['::1', 'tcp', undefined],
    ['127.0.0.1', 'tcp', undefined],
    ['http://localhost/path', 'tcp', undefined],
    ['a b:9', 'tcp', undefined],
  ] as const)('%s', (pasted, protocol, expected) => {
    expect(splitTarget(pasted, protocol)).toEqual(expected);
  });
});
