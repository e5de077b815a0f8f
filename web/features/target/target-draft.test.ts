import { describe, expect, test } from 'vitest';
import { FIRST_TARGET, parseStoredTarget, parseTargetDraft, targetFromQuery } from './target-draft.ts';

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
    ['', FIRST_TARGET],
    ['?host=::1&port=9000', { protocol: 'tcp', host: '::1', port: '9000' }],
    ['?protocol=UDP&port=8011', { protocol: 'udp', host: '127.0.0.1', port: '8011' }],
    ['?protocol=sctp', FIRST_TARGET],
    ['?host=', { ...FIRST_TARGET, host: '' }],
  ])('%s', (search, expected) => {
    expect(targetFromQuery(search, FIRST_TARGET)).toEqual(expected);
  });
});

test.each([
  [undefined, FIRST_TARGET],
  ['text', FIRST_TARGET],
  [{ host: 1, port: '2' }, FIRST_TARGET],
  [
    { protocol: 'udp', host: 'h', port: 'p' },
    { protocol: 'udp', host: 'h', port: 'p' },
  ],
])('stored %j', (stored, expected) => {
  expect(parseStoredTarget(stored)).toEqual(expected);
});
