import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEndpoint, isHostName, isIpv4, isIpv6, parseHost, parsePort, parseTarget } from './target.ts';
import { failureOf } from './testing/failures.ts';

describe('hosts that are taken', () => {
  test.each([
    ['127.0.0.1', 'ipv4', '127.0.0.1'],
    ['0.0.0.0', 'ipv4', '0.0.0.0'],
    ['255.255.255.255', 'ipv4', '255.255.255.255'],
    [' 10.0.0.7\n', 'ipv4', '10.0.0.7'],
    ['::1', 'ipv6', '::1'],
    ['::', 'ipv6', '::'],
    ['[::1]', 'ipv6', '::1'],
    ['2001:DB8::A', 'ipv6', '2001:db8::a'],
    ['::ffff:127.0.0.1', 'ipv6', '::ffff:127.0.0.1'],
    ['1:2:3:4:5:6:7:8', 'ipv6', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:1.2.3.4', 'ipv6', '1:2:3:4:5:6:1.2.3.4'],
    ['1:2:3:4:5:6:7::', 'ipv6', '1:2:3:4:5:6:7::'],
    ['localhost', 'name', 'localhost'],
    ['LocalHost', 'name', 'localhost'],
    ['example.com', 'name', 'example.com'],
    ['xn--bcher-kva.example', 'name', 'xn--bcher-kva.example'],
    ['3com.com', 'name', '3com.com'],
    ['1.2.3.4.in-addr.arpa', 'name', '1.2.3.4.in-addr.arpa'],
    ['a-b.c--d.e', 'name', 'a-b.c--d.e'],
    [`${'a'.repeat(63)}.com`, 'name', `${'a'.repeat(63)}.com`],
    [`${'abc.'.repeat(62)}abcde`, 'name', `${'abc.'.repeat(62)}abcde`],
  ])('%j is %s %s', (text, kind, host) => {
    expect(parseHost(text)).toEqual({ host, kind });
  });
});

describe('hosts that are refused', () => {
  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['octal parts', '0177.0.0.1'],
    ['a leading zero', '127.0.0.01'],
    ['a hexadecimal part', '0x7f.0.0.1'],
    ['one number', '2130706433'],
    ['one hexadecimal number', '0x7f000001'],
    ['two parts', '127.1'],
    ['three parts', '127.0.1'],
    ['five parts', '127.0.0.0.1'],
    ['a part past 255', '127.0.0.256'],
    ['a trailing dot after an address', '127.0.0.1.'],
    ['a leading dot', '.127.0.0.1'],
    ['a sign', '+127.0.0.1'],
    ['an address with a port', '127.0.0.1:80'],
    ['an address with a mask', '127.0.0.0/8'],
    ['full-width digits', '１２７.0.0.1'],
    ['circled digits', '①②⑦.0.0.1'],
    ['an ideographic full stop', '127。0。0。1'],
    ['IPv4 in brackets', '[127.0.0.1]'],
    ['a name in brackets', '[localhost]'],
    ['a zone', 'fe80::1%eth0'],
    ['a zone of the RFC in brackets', '[fe80::1%25eth0]'],
    ['half a bracket', '[::1'],
    ['the other half', '::1]'],
    ['brackets twice', '[[::1]]'],
    ['brackets and a port', '[::1]:80'],
    ['two elisions', '1::2::3'],
    ['three colons', ':::1'],
    ['seven groups', '1:2:3:4:5:6:7'],
    ['nine groups', '1:2:3:4:5:6:7:8:9'],
    ['an elision of nothing', '1:2:3:4::5:6:7:8'],
    ['five digits', '12345::'],
    ['a colon at the end', '1:2:3:4:5:6:7:'],
    ['a colon at the start', ':2:3:4:5:6:7:8'],
    ['a dotted quad in the middle', '1:1.2.3.4::'],
    ['a dotted quad with a leading zero', '::ffff:127.0.0.01'],
    ['a dotted quad too far on', '1:2:3:4:5:6:7:1.2.3.4'],
    ['NUL after a name', 'localhost\0'],
    ['NUL within an address', '127.0.0.1\0.example.com'],
    ['a blank within', 'local host'],
    ['a line end within', 'localhost\nexample.com'],
    ['a trailing dot', 'example.com.'],
    ['an empty label', 'example..com'],
    ['a label that begins with a hyphen', '-a.com'],
    ['a label that ends with a hyphen', 'a-.com'],
    ['an underscore', '_dmarc.example.com'],
    ['a name whose last label is a number', 'example.1'],
    ['a name whose last label begins with a digit', 'example.1com'],
    ['a name whose last label is hexadecimal', 'example.0x7f'],
    ['a label of 64 characters', `${'a'.repeat(64)}.com`],
    ['a name of 254 characters', `${'abc.'.repeat(62)}abcdef`],
    ['a name not in ASCII', 'bücher.example'],
    ['a Cyrillic look-alike', 'еxample.com'],
    ['a Kelvin sign, whose lower case is k', 'as\u212a.com'],
    ['a long s', 'e\u017fample.com'],
    ['a soft hyphen', 'exam\u00adple.com'],
    ['a zero-width space', 'example\u200b.com'],
    ['a URL', 'http://example.com'],
    ['a path', 'example.com/'],
    ['a user', 'user@example.com'],
    ['a wildcard', '*.example.com'],
    ['an escape', 'example%2ecom'],
  ])('%s: %j', (_, text) => {
    expect(failureOf(() => parseHost(text)).code).toBe('HOST_INVALID');
  });
});

/** Texts near an address: most are none, by little. */
const nearIpv6 = fc.array(
  fc.constantFrom('0', '1', 'ffff', 'abcde', ':', '::', '.', '1.2.3.4', '255', '%', 'g', '01'),
  {
    maxLength: 16,
  },
);
const nearIpv4 = fc.array(fc.constantFrom('0', '1', '25', '255', '256', '01', '.', '..', 'a', '-', ' '), {
  maxLength: 9,
});

describe('addresses, against node:net', () => {
  test('isIpv6 agrees on whatever looks like one, but for zones, which are refused', () => {
    const texts = fc.oneof(
      fc.ipV6(),
      nearIpv6.map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(isIpv6(text)).toBe(isIPv6(text) && !text.includes('%'));
      }),
      { numRuns: 5_000 },
    );
  });
  test('isIpv4 agrees on whatever looks like one', () => {
    const texts = fc.oneof(
      fc.ipV4(),
      nearIpv4.map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(isIpv4(text)).toBe(isIPv4(text));
      }),
      { numRuns: 5_000 },
    );
  });
  test('what is a name is no address, and no name ends in a number', () => {
    const texts = fc.oneof(
      fc.domain(),
      nearIpv4.map((parts) => parts.join('')),
      fc.ipV4Extended(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        if (!isHostName(text)) return;
        expect(isIPv4(text) || isIPv6(text)).toBe(false);
        expect(text.split('.').at(-1)).toMatch(/^[a-z]/i);
      }),
    );
  });
  test('every name that fast-check calls a domain is taken, unless its last label begins with a digit', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => isHostName(domain) || /^[0-9]/.test(domain.split('.').at(-1) ?? '')),
    );
  });
});

describe('ports', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['8009', 8_009],
    ['65535', 65_535],
    [' 80\n', 80],
    ['00080', 80],
  ])('%j is %i', (text, port) => {
    expect(parsePort(text)).toBe(port);
  });
  test.each([
    '',
    ' ',
    '65536',
    '99999',
    '100000',
    '-1',
    '+80',
    '80.0',
    '8e1',
    '0x50',
    '0o17',
    '8 0',
    '80a',
    'http',
    '８０',
    '1_000',
    'NaN',
    '80\0',
  ])('%j is refused', (text) => {
    expect(failureOf(() => parsePort(text)).code).toBe('PORT_INVALID');
  });
});

test('a target is a host and a port; the host is complained of first', () => {
  expect(parseTarget('[::1]', '8009')).toEqual({ host: '::1', port: 8_009, kind: 'ipv6' });
  expect(failureOf(() => parseTarget('127.1', 'x')).code).toBe('HOST_INVALID');
  expect(failureOf(() => parseTarget('127.0.0.1', 'x')).code).toBe('PORT_INVALID');
});

test('an endpoint is written so that its port can be told from its address', () => {
  expect(formatEndpoint('127.0.0.1', 8_009)).toBe('127.0.0.1:8009');
  expect(formatEndpoint('::1', 8_009)).toBe('[::1]:8009');
  expect(formatEndpoint('localhost', 0)).toBe('localhost:0');
});
