import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { isBeyondLoopback, localUrl, urlsToHandOut } from './reachable-urls.ts';

function card(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, internal, netmask: '', mac: '', cidr: null };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
}
const interfaces = {
  lo: [card('127.0.0.1', true), card('::1', true)],
  wlan0: [card('192.168.1.5'), card('2001:db8::5'), card('fe80::1')],
};
const nothing = { hostNames: [], origins: [], interfaces };

test.each([
  ['127.0.0.1', false],
  ['127.0.0.2', false],
  ['::1', false],
  ['localhost', false],
  ['a.LOCALHOST', false],
  ['0.0.0.0', true],
  ['::', true],
  ['192.168.1.5', true],
  ['teacher.local', true],
])('%s is beyond loopback: %s', (host, isBeyond) => {
  expect(isBeyondLoopback(host)).toBe(isBeyond);
});

test.each<[string, string[]]>([
  ['127.0.0.1', []],
  ['0.0.0.0', ['http://192.168.1.5:8080/']],
  ['::', ['http://192.168.1.5:8080/', 'http://[2001:db8::5]:8080/']],
  ['192.168.1.5', ['http://192.168.1.5:8080/']],
])('listening on %s, hand out %j', (host, urls) => {
  expect(urlsToHandOut({ ...nothing, host, port: 8_080 })).toEqual(urls);
});

test('names come first, and an origin is one where it listens on loopback too', () => {
  const named = { ...nothing, hostNames: ['teacher.local'], origins: ['https://school.example'], port: 8_080 };
  expect(urlsToHandOut({ ...named, host: '127.0.0.1' })).toEqual(['https://school.example/']);
  expect(urlsToHandOut({ ...named, host: '0.0.0.0' })).toEqual([
    'https://school.example/',
    'http://teacher.local:8080/',
    'http://192.168.1.5:8080/',
  ]);
});

test('one opens the page oneself by localhost, or by the one address it listens on', () => {
  expect(localUrl('0.0.0.0', 1)).toBe('http://localhost:1/');
  expect(localUrl('::', 1)).toBe('http://localhost:1/');
  expect(localUrl('::1', 1)).toBe('http://[::1]:1/');
});
