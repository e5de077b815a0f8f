import { expect, test } from 'vitest';
import { optionTexts } from './option-text.ts';

test('nothing is said of what was not asked for', () => {
  expect(optionTexts({})).toEqual([]);
  expect(optionTexts({ localHost: '127.0.0.1', localPort: 40_000, mapPort: true })).toEqual([]);
});

test('each option has a text, in the order in which they are set', () => {
  const options = {
    receiveSize: 4,
    peerReceiveSize: 5,
    lingerZero: true,
    noDelay: false,
    keepAlive: true,
    sendBuffer: 8_192,
    receiveBuffer: 4_096,
    reuseAddress: false,
    ipv6Only: true,
    trouble: { slice: 3, direction: 'both' },
  } as const;
  expect(optionTexts(options)).toEqual([
    'SO_REUSEADDR 0',
    'IPV6_V6ONLY 1',
    'SO_SNDBUF 8192',
    'SO_RCVBUF 4096',
    'TCP_NODELAY 0',
    'SO_KEEPALIVE 1',
    'SO_LINGER 1 0',
    'receiveSize 4',
    'peerReceiveSize 5',
    'trouble slice 3 direction both',
  ]);
  expect(optionTexts(options, 'before bind')).toEqual(['SO_REUSEADDR 0', 'IPV6_V6ONLY 1']);
  expect(optionTexts({ trouble: {} })).toEqual(['trouble none']);
});
