import { expect, test } from 'vitest';
import { dialledAddress, isLoopbackAddress, isLoopbackHost } from './loopback.ts';

test.each(['127.0.0.1', '127.0.0.0', '127.255.255.255', '127.8.0.9', '::1', '0:0:0:0:0:0:0:1', '0000::0001', '::0:1'])(
  '%s is loopback',
  (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
    expect(isLoopbackHost(address)).toBe(true);
  },
);
test.each([
  '128.0.0.1',
  '12.7.0.1',
  '127.0.0.256',
  '127.0.0',
  '127.0.0.1.example',
  '127.example',
  '::',
  '::2',
  '1::1',
  '::1:1',
  '::ffff:127.0.0.1',
  '',
])('%s is not', (address) => {
  expect(isLoopbackHost(address)).toBe(false);
});
test.each([
  ['localhost', true],
  ['a.localhost', true],
  ['notlocalhost', false],
  ['localhost.example', false],
])('the name %s stands for loopback: %s', (name, expected) => {
  expect(isLoopbackHost(name)).toBe(expected);
  expect(isLoopbackAddress(name)).toBe(false);
});

test.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
  ['127.0.0.1', '127.0.0.1'],
  ['192.0.2.7', '192.0.2.7'],
])('what is bound to %s is reached at %s', (bound, dialled) => {
  expect(dialledAddress(bound)).toBe(dialled);
});
