import { expect, test } from 'vitest';
import { PlaygroundError } from '../protocol/errors.ts';
import { failureOf } from './start-failure.ts';

function systemError(fields: Partial<NodeJS.ErrnoException> & { address?: string; port?: number }): Error {
  return Object.assign(new Error(`${fields.syscall} ${fields.code}`), fields);
}

test.each<[string, Error, string, number]>([
  ['a wrong setting', new PlaygroundError('CONFIG_INVALID', '--port cannot be "x"'), '--port cannot be "x".', 2],
  [
    'an address of another machine',
    systemError({ code: 'EADDRNOTAVAIL', syscall: 'listen', address: '192.0.2.1', port: 80 }),
    '--host cannot be "192.0.2.1": it is not an address of this machine (EADDRNOTAVAIL).',
    2,
  ],
  [
    'a name without an address',
    systemError({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
    '--host cannot be "192.0.2.1": the name has no address here (ENOTFOUND).',
    2,
  ],
  [
    'a port for root',
    systemError({ code: 'EACCES', syscall: 'listen', address: '192.0.2.1', port: 80 }),
    'listen EACCES: choose a port from 1024 on with --port.',
    2,
  ],
  [
    'no place for temporary files',
    systemError({ code: 'EROFS', syscall: 'mkdtemp', path: '/tmp/x-XXXXXX' }),
    'The folder for temporary files cannot be written to (EROFS, /tmp/x-XXXXXX): TMPDIR names another.',
    2,
  ],
  ['a port in use', systemError({ code: 'EADDRINUSE', syscall: 'listen' }), 'choose another port with --port.', 1],
  ['another error of the system', systemError({ code: 'EMFILE', syscall: 'listen' }), 'listen EMFILE.', 1],
])('%s', (_what, error, sentence, status) => {
  const failure = failureOf(error, { host: '192.0.2.1' }, 'npm start --');
  expect(failure.status).toBe(status);
  expect(failure.text).toContain(sentence);
  expect(failure.text).not.toContain('    at ');
});

test('a fault of the program keeps its stack', () => {
  const { text, status } = failureOf(new TypeError('x is not a function'), undefined, 'npm start --');
  expect(status).toBe(1);
  expect(text).toContain('    at ');
});
