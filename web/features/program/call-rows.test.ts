import { expect, test } from 'vitest';
import { joinCalls } from './call-rows.ts';
import type { ProgramCall } from './call-store.ts';

const CLIENT = '127.0.0.1:55378';
const SERVER = '127.0.0.1:8009';
let clock = 0;

function call(file: string, name: ProgramCall['call'], more: Partial<ProgramCall> = {}): ProgramCall {
  clock += 1;
  const [local, remote] = file === 'server.py' ? [SERVER, CLIENT] : [CLIENT, SERVER];
  return {
    file,
    call: name,
    at: clock,
    line: 1,
    socket: 1,
    argument: undefined,
    count: 0,
    offset: 0,
    text: '',
    error: undefined,
    preview: undefined,
    local,
    remote,
    ...more,
  };
}
const shape = (calls: ProgramCall[]) =>
  joinCalls(calls, (file) => file === 'server.py').map(({ client, server }) => [client?.call, server?.call]);

test('the tutorial: connect meets accept, each send its recv, close the recv that finds the end', () => {
  const calls = [
    call('server.py', 'listen', { remote: '' }),
    call('client.py', 'connect'),
    call('server.py', 'accept'),
    call('client.py', 'send', { count: 12 }),
    call('server.py', 'recv', { count: 12 }),
    call('server.py', 'send', { count: 41 }),
    call('client.py', 'recv', { count: 41 }),
    call('client.py', 'close'),
    call('server.py', 'recv'),
  ];
  expect(shape(calls)).toEqual([
    [undefined, 'listen'],
    ['connect', 'accept'],
    ['send', 'recv'],
    ['recv', 'send'],
    ['close', 'recv'],
  ]);
});

test('two sends read at once: the recv stands beside the first, the second has none', () => {
  const calls = [
    call('client.py', 'send', { count: 5, offset: 0 }),
    call('client.py', 'send', { count: 5, offset: 5 }),
    call('server.py', 'recv', { count: 10, offset: 0 }),
  ];
  expect(shape(calls)).toEqual([
    ['send', 'recv'],
    ['send', undefined],
  ]);
});

test('a recv of another connection is not joined', () => {
  const calls = [
    call('client.py', 'send', { count: 5 }),
    call('server.py', 'recv', { count: 5, remote: '127.0.0.1:1' }),
  ];
  expect(shape(calls)).toEqual([
    ['send', undefined],
    [undefined, 'recv'],
  ]);
});

test('accept may be told before connect returns', () => {
  expect(shape([call('server.py', 'accept'), call('client.py', 'connect')])).toEqual([['connect', 'accept']]);
});

test('a refused connect stands alone', () => {
  expect(shape([call('client.py', 'connect', { error: 'ECONNREFUSED', local: '' })])).toEqual([['connect', undefined]]);
});
