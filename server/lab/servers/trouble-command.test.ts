import { describe, expect, test } from 'vitest';
import { formatTrouble, parseTrouble, TROUBLE_USAGE } from './trouble-command.ts';

describe('parseTrouble', () => {
  test.each([
    ['delay 500', { delay: 500 }],
    ['delay 100, jitter 50', { delay: 100, jitter: 50 }],
    ['bandwidth 300', { bandwidth: 300 }],
    ['slice 3, drip 100', { slice: 3, drip: 100 }],
    ['  SLICE   3 ,DRIP 100 ', { slice: 3, drip: 100 }],
    ['limit 0', { limit: 0 }],
    ['reset 10', { reset: 10 }],
    ['silent', { silent: true }],
    ['slow-close 1000', { 'slow-close': 1_000 }],
    ['half-close', { 'half-close': true }],
    ['delay 1, delay 2', { delay: 2 }],
  ])('%j', (line, trouble) => {
    expect(parseTrouble(line)).toEqual({ ok: true, trouble });
  });

  test.each([
    ['', 'there is no ""'],
    ['hello python', 'there is no "hello"'],
    ['delay', 'delay needs a number'],
    ['delay soon', 'delay takes 0 to 600000'],
    ['delay -1', 'delay takes 0 to 600000'],
    ['delay 0x10', 'delay takes 0 to 600000'],
    ['delay 1.5', 'delay takes 0 to 600000'],
    ['delay 600001', 'delay takes 0 to 600000'],
    ['slice 0', 'slice takes 1 to 65536'],
    ['bandwidth 0', 'bandwidth takes 1 to 1000000000'],
    ['jitter', 'jitter needs a number'],
    ['silent 5', 'too much after silent'],
    ['delay 5 6', 'too much after delay'],
    ['slice 3,', 'there is no ""'],
    ['toString', 'there is no "tostring"'],
    ['__proto__', 'there is no "__proto__"'],
  ])('%j is refused: %s', (line, problem) => {
    expect(parseTrouble(line)).toEqual({ ok: false, problem });
  });

  test.each([
    'delay 5',
    'slice 3, drip 100, limit 7',
    'silent, slow-close 9',
    'half-close',
    'delay 5, jitter 5, bandwidth 9',
  ])('reads back what it has written: %s', (line) => {
    const parsed = parseTrouble(line);
    expect(parsed.ok && formatTrouble(parsed.trouble)).toBe(line);
  });
});

test('the usage names every word with what it takes', () => {
  expect(TROUBLE_USAGE).toBe(
    'usage: delay ms | jitter ms | slice n | drip ms | bandwidth B/s | limit n | reset n | silent | slow-close ms | half-close (several: with commas)',
  );
});
