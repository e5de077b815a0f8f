import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { typedError } from './typed-error.ts';
import { zhCN } from './zh-CN.ts';

describe('an escape that is wrong', () => {
  test.each([
    ['a\\q', 1, '\\q is not an escape.', /^nothing: .*SyntaxWarning/],
    ['\\你', 0, '\\你 is not an escape.', /only contain ASCII/],
    ['ab\\x4', 2, 'The escape is not complete.', /invalid \\x escape at position 2$/],
    ['\\u12', 0, 'The escape is not complete.', /^nothing: /],
    ['\\u{110000}', 0, 'The escape names no character.', /^nothing: /],
    ['\\400', 0, 'The escape stands for more than a byte.', /^nothing: /],
    ['end\\', 3, 'The text ends with a single backslash.', /unterminated string literal/],
  ])('%s', (text, position, what, python) => {
    const error = typedError(en, 'ESCAPE_INVALID', { text, position });
    expect(error.what).toBe(what);
    expect(error.python).toMatch(python);
    const chinese = typedError(zhCN, 'ESCAPE_INVALID', { text, position });
    expect(chinese.what).toMatch(/^[^.。]+。$/);
    if (error.python.startsWith('nothing')) expect(chinese.python).toMatch(/^没有异常/);
    else expect(chinese.python).toBe(error.python);
  });
});

test('a port that Python takes for a number raises nothing, and the call is named where it raises', () => {
  const python = (text: string, call: 'connect' | 'sendto') => typedError(en, 'PORT_INVALID', { text, call }).python;
  expect(python('+80', 'connect')).toBe(en.typed.portTaken);
  expect(python('99999', 'sendto')).toBe('OverflowError: sendto(): port must be 0-65535.');
  expect(python('abc', 'connect')).toBe("TypeError: 'str' object cannot be interpreted as an integer");
});

test('a host that an old resolver reads as an address raises nothing', () => {
  const python = (text: string) => typedError(en, 'HOST_INVALID', { text }).python;
  expect(python('1.2.3')).toContain('reads 1.2.3 as an IPv4 address');
  expect(python(' ')).toBe("nothing: '' stands for this machine");
  expect(python('256.1.1.1')).toMatch(/^socket\.gaierror/);
});

test('a send after close() has no descriptor, one after half-close has a broken pipe', () => {
  const python = (isClosed: boolean) => typedError(en, 'SOCKET_CLOSED', { text: 'x', isClosed }).python;
  expect(python(true)).toBe('OSError: [Errno 9] Bad file descriptor');
  expect(python(false)).toBe('BrokenPipeError: [Errno 32] Broken pipe');
});

test('what was not typed has the words of its code', () => {
  expect(typedError(en, 'ESCAPE_INVALID', undefined)).toEqual(en.errors.ESCAPE_INVALID);
  expect(typedError(en, 'ECONNRESET', { text: 'x' })).toEqual(en.errors.ECONNRESET);
});
