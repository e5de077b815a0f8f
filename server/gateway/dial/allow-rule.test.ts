import { expect, test } from 'vitest';
import { isNever } from './address-rules.ts';
import { parseAllowRule } from './allow-rule.ts';

test.each([
  ['[::/0]:443', ['2001:db8::1', 'fd00::1'], ['8.8.8.8', '127.0.0.1', '0.0.0.0']],
  ['0.0.0.0/0:443', ['8.8.8.8', '10.0.0.1'], ['2001:db8::1', '::1', '::ffff:8.8.8.8', '::8.8.8.8']],
  ['10.0.0.0/8:443', ['10.1.2.3'], ['11.0.0.1', '::ffff:10.1.2.3', '::10.1.2.3', '64:ff9b::a01:203']],
  ['10.1.2.3:443', ['10.1.2.3'], ['10.1.2.4', '::ffff:10.1.2.3', '::ffff:a01:203']],
  ['[fd00::/8]:443', ['fd12::1'], ['253.0.0.1', 'fe80::1']],
  ['[::/1]:443', ['2001:db8::1'], ['8.8.8.8', 'fd00::1']],
  ['[FD12:0:0:0:0:0:0:1]:443', ['fd12::1'], ['fd12::2']],
])('%s allows addresses of its own family alone', (rule, allowed, others) => {
  const { allows } = parseAllowRule(rule);
  for (const address of allowed) expect([address, allows('', address, 443)]).toEqual([address, true]);
  for (const address of others) expect([address, allows('', address, 443)]).toEqual([address, false]);
});

test.each([
  '[::ffff:10.0.0.1]:80',
  '[::ffff:0:0/96]:80',
  '[::ffff:10.0.0.0/104]:80',
  '[64:ff9b::/96]:*',
  '[2002::/16]:80',
])('%s is an error: IPv4 within IPv6 is never dialled, so the rule would allow nothing', (rule) =>
  expect(() => parseAllowRule(rule)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' })),
);

test('a zone is no part of a rule', () => {
  for (const rule of ['[fe80::1%eth0]:80', '[fe80::%eth0/10]:80']) {
    expect(() => parseAllowRule(rule)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  }
});

// As the clouds' own documents name them.
test.each([
  '169.254.169.254',
  '169.254.169.253',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '169.254.42.42',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:42::42',
  'fd00:a9fe:a9fe::1',
  'fd00:c1::a9fe:a9fe',
  'fe80::a9fe:a9fe',
])('metadata service %s: no list can allow it', (address) => expect(isNever(address)).toBe(true));

test.each(['169.254.7.7', '192.0.0.1', 'fd00::1', 'fd20::1', 'fe80::1'])('%s is none', (address) => {
  expect(isNever(address)).toBe(false);
});
