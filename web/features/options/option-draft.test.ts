import { expect, test } from 'vitest';
import { FIRST_OPTIONS, isChanged, isInvalid, openFlagsOf, parseOptions } from './option-draft.ts';

test('untouched fields ask for nothing', () => {
  expect(parseOptions(FIRST_OPTIONS, 'tcp')).toEqual({});
});

test('what was changed is asked for, of what this kind of socket has', () => {
  const draft = { ...FIRST_OPTIONS, noDelay: false, lingerZero: true, localPort: ' 40000 ', receiveSize: '5' };
  expect(parseOptions(draft, 'tcp')).toEqual({ noDelay: false, lingerZero: true, localPort: 40_000, receiveSize: 5 });
  expect(parseOptions(draft, 'udp')).toEqual({ localPort: 40_000, receiveSize: 5 });
  expect(parseOptions(draft, 'unix')).toEqual({ receiveSize: 5 });
});

test('on an open socket every flag is said', () => {
  expect(parseOptions(FIRST_OPTIONS, 'tcp', {})).toEqual({ noDelay: true, keepAlive: false, lingerZero: false });
});

test.each([
  ['localPort', '80', true],
  ['localPort', '65536', true],
  ['localPort', '1024', false],
  ['sendBuffer', '1023', true],
  ['sendBuffer', '4194304', false],
  ['receiveSize', '0', true],
  ['receiveSize', '65536', false],
  ['receiveSize', '1e3', true],
  ['receiveSize', '-1', true],
  ['peerReceiveSize', '', false],
] as const)('%s %j', (field, text, expected) => {
  expect(isInvalid(field, text)).toBe(expected);
  expect(parseOptions({ ...FIRST_OPTIONS, [field]: text }, 'tcp') === undefined).toBe(expected);
});

test('only what differs from an untouched panel is a change', () => {
  expect(isChanged(FIRST_OPTIONS)).toBe(false);
  expect(isChanged({ ...FIRST_OPTIONS, sendBuffer: ' ' })).toBe(false);
  expect(isChanged({ ...FIRST_OPTIONS, sendBuffer: '4096' })).toBe(true);
  expect(isChanged({ ...FIRST_OPTIONS, noDelay: false })).toBe(true);
});

test('recv by hand is asked for at the next connect(), of every kind of socket, and of none that is open', () => {
  const draft = { ...FIRST_OPTIONS, readByHand: true };
  for (const kind of ['tcp', 'udp', 'unix'] as const) {
    expect(parseOptions(draft, kind)).toEqual({ readByHand: true });
    expect(openFlagsOf(kind)).not.toContain('readByHand');
  }
  expect(isChanged(draft)).toBe(true);
});
