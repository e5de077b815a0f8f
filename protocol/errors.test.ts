import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import { ERRNO, ERRNO_NAMES, ERROR_CODES, isErrno, isErrorCode, PlaygroundError, toSocketErrorCode } from './errors.ts';
import { tableRows } from './testing/specification.ts';

describe('the table', () => {
  test.each(ERROR_CODES)('%s has an HTTP status of an error and a close code that an endpoint may send', (code) => {
    const { statusCode, closeCode } = new PlaygroundError(code, '');
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(600);
    expect([1002, 1008, 1011, 1013]).toContain(closeCode); // RFC 6455 §7.4.1 and its registry
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)+$|^INTERNAL$|^UNSUPPORTED$/);
  });
  test('no code is the name of an errno', () => {
    expect(ERROR_CODES.filter((code) => isErrno(code))).toEqual([]);
  });
  test.each(tableRows('close code'))('docs/protocol.md: %s for %s', (closeCode, codes = '') => {
    for (const code of codes.split(', ')) {
      expect(isErrorCode(code), code).toBe(true);
      expect(isErrorCode(code) && new PlaygroundError(code, '').closeCode, code).toBe(Number(closeCode));
    }
  });
});

test.skipIf(process.platform !== 'linux')('the numbers of errnos are those of this system', () => {
  const system: Record<string, number> = constants.errno;
  for (const name of ERRNO_NAMES) {
    // Node lists the errors of libuv; the rest is in the kernel's headers only.
    if (name in system) expect([name, ERRNO[name]]).toEqual([name, system[name]]);
  }
});

describe('toSocketErrorCode', () => {
  test.each([
    ['ECONNREFUSED', 'ECONNREFUSED'],
    ['TARGET_FORBIDDEN', 'TARGET_FORBIDDEN'],
    ['ENOTFOUND', 'NAME_UNRESOLVED'],
    ['EAI_AGAIN', 'NAME_UNRESOLVED'],
    ['EAI_FAIL', 'NAME_UNRESOLVED'],
    ['ERR_SOCKET_CLOSED', 'INTERNAL'],
    ['', 'INTERNAL'],
    ['constructor', 'INTERNAL'],
    ['__proto__', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('%s is %s', (code, expected) => {
    expect(toSocketErrorCode(code)).toBe(expected);
  });
});

describe('PlaygroundError', () => {
  test('carries its code, statuses, cause and position', () => {
    const cause = new Error('why');
    const error = new PlaygroundError('HEX_INVALID', 'odd', { cause, position: 3 });
    expect(error).toMatchObject({ name: 'PlaygroundError', code: 'HEX_INVALID', message: 'odd', position: 3, cause });
    expect(error).toMatchObject({ statusCode: 400, closeCode: 1008 });
    expect(new PlaygroundError('INTERNAL', '').position).toBeUndefined();
  });
  test('from keeps one of ours and wraps anything else, whatever was thrown', () => {
    const own = new PlaygroundError('TARGET_INVALID', '');
    expect(PlaygroundError.from(own)).toBe(own);
    for (const thrown of [new TypeError('x'), 'text', undefined, null, 0]) {
      const error = PlaygroundError.from(thrown);
      expect(error.code).toBe('INTERNAL');
      expect(error.cause).toBe(thrown);
    }
  });
});
