import { expect, test } from 'vitest';
import { FIRST_LISTEN, parseListenDraft } from './listen-draft.ts';

test.each([
  [FIRST_LISTEN, { host: '127.0.0.1', port: 0, backlog: 5, isReusing: true }],
  [
    { host: '::1', port: '20001', backlog: '128', isReusing: false },
    { host: '::1', port: 20_001, backlog: 128, isReusing: false },
  ],
  [{ host: '127.0.0.1', port: '0', backlog: '129', isReusing: true }, { errors: { backlog: true } }],
  [{ host: '127.0.0.1', port: '0', backlog: '-1', isReusing: true }, { errors: { backlog: true } }],
  [
    { host: '1.2.3', port: 'x', backlog: '', isReusing: true },
    { errors: { host: 'HOST_INVALID', port: 'PORT_INVALID', backlog: true } },
  ],
])('%j', (draft, expected) => {
  expect(parseListenDraft(draft, 128)).toEqual(expected);
});
