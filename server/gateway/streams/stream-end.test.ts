import { expect, test } from 'vitest';
import { failureFrom } from './stream-end.ts';

const failed = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, ...(syscall && { syscall }) });

test.each([
  { code: 'EADDRINUSE', syscall: 'listen', call: 'bind' },
  { code: 'EADDRINUSE', syscall: 'connect', call: 'bind' },
  { code: 'ECONNREFUSED', syscall: 'connect', call: 'connect' },
  { code: 'ECONNRESET', syscall: 'read', call: 'recv' },
  { code: 'EPIPE', syscall: 'writev', call: 'send' },
  { code: 'ENETUNREACH', syscall: 'send', call: 'sendto' },
  { code: 'ENOBUFS', syscall: undefined, call: 'recv' },
  { code: 'ENOBUFS', syscall: 'no-such-call', call: 'recv' },
])('$code that $syscall tells of is of $call', ({ code, syscall, call }) => {
  expect(failureFrom(failed(code, syscall), 'recv')).toMatchObject({ code, call });
});
