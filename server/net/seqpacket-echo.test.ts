import { expect, test } from 'vitest';
import { libc } from './ffi/libc.ts';
import { echoSeqpacket } from './seqpacket-echo.ts';

test.runIf(libc)('each message comes back by itself, though all were sent before the first was received', () => {
  expect(echoSeqpacket(['one', 'two', '三'], 1_024)).toEqual([
    { text: 'one', count: 3, length: 3 },
    { text: 'two', count: 3, length: 3 },
    { text: '三', count: 3, length: 3 },
  ]);
});

test.runIf(libc)('recv(n) of fewer bytes loses the rest of that message and nothing of the next', () => {
  expect(echoSeqpacket(['hello python', 'hi'], 5)).toEqual([
    { text: 'hello', count: 5, length: 12 },
    { text: 'hi', count: 2, length: 2 },
  ]);
});

test.runIf(!libc)('says so where there is none', () => {
  expect(() => echoSeqpacket(['x'], 1)).toThrow(expect.objectContaining({ code: 'ESOCKTNOSUPPORT' }));
});
