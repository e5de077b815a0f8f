import { expect, test } from 'vitest';
import { FIRST_LISTEN, parseListenDraft } from './listen-draft.ts';

test.each([
  [FIRST_LISTEN, { host: '127.0.0.1', port: 0, backlog: 5 }],
  [
    { host: '::1', port: '20001', backlog: '128' },
    { host: '::1', port: 20_001, backlog: 128 },
  ],
  [{ host: '127.0.0.1', port: '0', backlog: '129' }, { errors: { backlog: true } }],
  [{ host: '127.0.0.1', port: '0', backlog: '-1' }, { errors: { backlog: true } }],
  [
    { host: '1.2.3', port: 'x', backlog: '' },
    { errors: { host: 'HOST_INVALID', port: 'PORT_INVALID', backlog: true } },
  ],
])('%j', (draft, expected) => {
  expect(parseListenDraft(draft, 128)).toEqual(expected);
});
