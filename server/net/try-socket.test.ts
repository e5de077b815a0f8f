import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { libc } from './ffi/libc.ts';
import { type SocketFamily, type SocketType, trySocket } from './try-socket.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!libc)('trySocket', () => {
  test.each<[SocketFamily, SocketType, string]>([
    ['AF_INET', 'SOCK_STREAM', 'ok'],
    ['AF_INET6', 'SOCK_DGRAM', 'ok'],
    ['AF_UNIX', 'SOCK_SEQPACKET', 'ok'],
    ['AF_INET', 'SOCK_RDM', 'ESOCKTNOSUPPORT'],
    ['AF_INET', 'SOCK_SEQPACKET', 'ESOCKTNOSUPPORT'],
  ])('%s %s: %s', (family, type, outcome) => {
    expect(trySocket(family, type)).toBe(outcome);
  });

  test('leaves nothing open', () => {
    const before = readdirSync('/proc/self/fd').length;
    for (let count = 0; count < 100; count += 1) trySocket('AF_INET', 'SOCK_STREAM');
    // The process has other threads, which open and close files too.
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 50);
  });

  const families: SocketFamily[] = ['AF_UNIX', 'AF_INET', 'AF_INET6'];
  const types: SocketType[] = ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_RDM', 'SOCK_SEQPACKET'];
  test.skipIf(!hasPython)('answers as Python does, for every family and type, with and without a protocol', () => {
    const combinations = families.flatMap((family) =>
      types.flatMap((type) => [0, 1].map((protocol) => ({ family, type, protocol }))),
    );
    const script = `
import errno, json, socket, sys
for wanted in json.load(sys.stdin):
    try:
        socket.socket(getattr(socket, wanted['family']), getattr(socket, wanted['type']), wanted['protocol']).close()
        print('ok')
    except OSError as error:
        print(errno.errorcode[error.errno])
`;
    const { stdout } = spawnSync('python3', ['-c', script], {
      input: JSON.stringify(combinations),
      encoding: 'latin1',
    });
    const answers = combinations.map(({ family, type, protocol }) => trySocket(family, type, protocol));
    expect(answers).toEqual(stdout.trimEnd().split('\n'));
  });
});
