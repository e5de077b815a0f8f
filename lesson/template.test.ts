import { expect, test } from 'vitest';
import { compileText } from './template.ts';

const CTIME = 'Thu Sep 15 22:29:12 2016';

test.each([
  [{ equals: 'one' }, 'one', true],
  [{ equals: 'one' }, 'one ', false],
  [{ equals: 'one' }, '', false],
  [{ starts: 'one' }, 'one and two', true],
  [{ starts: 'one' }, 'and one', false],
  [{ has: 'one' }, 'and one, too', true],
  [{ has: 'one' }, 'on e', false],
  [{ equals: "[{ctime}] b'hello'" }, `[${CTIME}] b'hello'`, true],
  [{ equals: "[{ctime}] b'hello'" }, "[Thu Sep 15 22:29:12 16] b'hello'", false],
  [{ equals: "[{ctime}] b'hello'" }, `[${CTIME}] b'hallo'`, false],
  [{ has: 'port {port}.' }, 'it has port 65535.', true],
  [{ has: 'port {port}.' }, 'it has port 65536.', false],
  [{ has: "('127.0.0.1', {digits})" }, "from: ('127.0.0.1', 55378)", true],
  [{ has: "('127.0.0.1', {digits})" }, "from: ('127.0.0.1', )", false],
  [{ equals: 'a{any}b{any}c' }, 'a1b2b3c', true],
  [{ equals: 'a{any}b{any}c' }, 'a1b2b3', false],
  [{ equals: 'a{any}' }, 'a', true],
  [{ equals: '{any}' }, '', true],
  [{ equals: '{other}' }, '{other}', true],
] as const)('%o and %o: %o', (text, value, isFit) => {
  expect(compileText(text)(value)).toBe(isFit);
});

test('takes no longer for a template that fits almost everywhere', () => {
  const fits = compileText({ has: `${'{any}a'.repeat(20)}b` });
  const began = performance.now();
  expect(fits('a'.repeat(20_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
