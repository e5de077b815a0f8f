import { SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Libc, libc } from './libc.ts';
import { decodeSockaddr, encodeSockaddr, familyOf } from './sockaddr.ts';

describe.skipIf(!libc)('socket addresses', () => {
  const calls = libc as Libc;
  const roundTrip = (host: string, port: number) => {
    const bytes = encodeSockaddr(calls, { host, port });
    return decodeSockaddr(calls, bytes, bytes.length);
  };

  test.each([
    ['127.0.0.1', 8009],
    ['255.255.255.255', 65_535],
    ['::', 0],
    ['::1', 1],
    ['2001:db8::8:800:200c:417a', 443],
    ['::ffff:127.0.0.1', 80],
    ['/tmp/a path with blanks', 0],
    ['/tmp/路径', 0],
    ['@abstract', 0],
  ])('%s port %i is read back as it was written', (host, port) => {
    expect(roundTrip(host, port)).toEqual({ host, port });
  });

  test('are laid out as the kernel has them', () => {
    expect(encodeSockaddr(calls, { host: '127.0.0.1', port: 8009 }).toString('hex')).toBe(
      '02001f497f0000010000000000000000',
    );
    expect(encodeSockaddr(calls, { host: '::1', port: 8009 }).toString('hex')).toBe(
      `0a001f4900000000${'00'.repeat(15)}0100000000`,
    );
    expect(encodeSockaddr(calls, { host: '/a', port: 0 }).toString('hex')).toBe('01002f6100');
  });

  test('of IPv6 are spelled as Node spells them, so that both name a connection alike', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(65_535), (host, port) => {
        expect(roundTrip(host, port)).toEqual({
          host: new SocketAddress({ address: host, family: 'ipv6' }).address,
          port,
        });
      }),
    );
  });

  test('an unnamed Unix socket has no host', () => {
    expect(decodeSockaddr(calls, Buffer.from([1, 0]), 2)).toEqual({ host: '', port: 0 });
  });

  test.each(['localhost', '127.1', '0x7f000001', '1.2.3.4.5', '', ':::'])('%j is no address', (host) => {
    expect(() => familyOf({ host, port: 0 })).toThrow(expect.objectContaining({ code: 'EINVAL' }));
  });

  test('a path longer than 107 bytes is ENAMETOOLONG', () => {
    expect(encodeSockaddr(calls, { host: `/${'a'.repeat(106)}`, port: 0 })).toHaveLength(110);
    const tooLong = () => encodeSockaddr(calls, { host: `/${'a'.repeat(107)}`, port: 0 });
    expect(tooLong).toThrow(expect.objectContaining({ code: 'ENAMETOOLONG' }));
  });
});
