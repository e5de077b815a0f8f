import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from './draft.ts';
import { messageScript, parseRepeat } from './repeat-draft.ts';

test.each([
  ['10', '1000', { times: 10, every: 1_000 }],
  [' 1 ', '10', { times: 1, every: 10 }],
  ['0', '9', { errors: { times: true, every: true } }],
  ['10001', '3600001', { errors: { times: true, every: true } }],
  ['1.5', '100', { errors: { times: true } }],
  ['5', '', { errors: { every: true } }],
])('%j times, every %j ms', (times, every, repeat) => {
  expect(parseRepeat({ times, every })).toEqual(repeat);
});

test('a message counts its rounds, with the checksum of each', () => {
  const [step] = messageScript({ text: 'no {n}', sendAs: 'text', lineEnding: 'lf', checksum: 'xor8' }).steps;
  const bytes = step?.kind === 'send' ? step.bytes(12) : new Uint8Array();
  expect(new TextDecoder().decode(bytes.subarray(0, -1))).toBe('no 12\n');
  expect(bytes.at(-1)).toBe(bytes.subarray(0, -1).reduce((xor, byte) => xor ^ byte, 0));
});

test('what is no bytes is told before the first round', () => {
  expect(() => messageScript({ ...EMPTY_DRAFT, text: 'f', sendAs: 'hex' })).toThrow(
    expect.objectContaining({ code: 'HEX_INVALID' }),
  );
});
