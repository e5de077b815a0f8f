import { expect, test } from 'vitest';
import { isFromOutside } from './from-outside.ts';

const HERE = '127.0.0.1';
const LISTENER = { host: HERE, port: 20_017 };
const REMOTE = { host: HERE, port: 55_378 };
const ACCEPTED = { local: LISTENER, remote: REMOTE };
const client = { kind: 'tcp', target: LISTENER, seenAs: undefined, isOver: false } as const;

test.each([
  ['there is no other socket', [], true],
  ['a client of the page is its other end', [{ ...client, seenAs: REMOTE }], false],
  ['that client is over', [{ ...client, seenAs: REMOTE, isOver: true }], false],
  ['a client of the page is another', [{ ...client, seenAs: { host: HERE, port: 55_379 } }], true],
  ['the same port is of another address', [{ ...client, seenAs: { host: '::1', port: 55_378 } }], true],
  ['a client may still be connecting to it', [client], undefined],
  ['a client failed to connect', [{ ...client, isOver: true }], true],
  ['a client connects to another port', [{ ...client, target: { host: HERE, port: 8_009 } }], true],
  ['a datagram socket has that port', [{ ...client, kind: 'udp', seenAs: REMOTE }], true],
] as const)('where %s', (_, sockets, expected) => {
  expect(isFromOutside(ACCEPTED, sockets)).toBe(expected);
});
