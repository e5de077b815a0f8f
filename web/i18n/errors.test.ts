import { describe, expect, test } from 'vitest';
import { ERRNO, ERRNO_NAMES, ERROR_CODES, type SocketErrorCode } from '../../protocol/errors.ts';
import { errors as english } from './en/errors.ts';
import { errors as chinese } from './zh-CN/errors.ts';

const codes: readonly SocketErrorCode[] = [...ERROR_CODES, ...ERRNO_NAMES];
const EXCEPTION = /^(?:[a-z]+\.)?[A-Za-z]+(?:Error|error): /;

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('%s', (_, catalogue) => {
  test('explains every code, and no other', () => {
    expect(new Set(Object.keys(catalogue))).toEqual(new Set(codes));
  });
  test.each(codes)('%s says what happened in one sentence, and what to try', (code) => {
    const { what, python, tryThis } = catalogue[code];
    expect(what).toMatch(/^[^.。]+[.。]$/);
    expect(what.length).toBeLessThanOrEqual(90);
    expect(tryThis).toMatch(/[.。…]$/);
    expect(python).not.toBe('');
  });
  test.each(ERRNO_NAMES)('%s names the exception with its number', (code) => {
    expect(catalogue[code].python).toMatch(EXCEPTION);
    expect(catalogue[code].python).toContain(`[Errno ${ERRNO[code]}]`);
  });
});

test.each(codes)('%s is the same exception in both languages', (code) => {
  const pair = [english[code].python, chinese[code].python] as const;
  if (EXCEPTION.test(pair[0])) expect(pair[1]).toBe(pair[0]);
  else expect(pair[1]).toMatch(/^没有异常/);
});
