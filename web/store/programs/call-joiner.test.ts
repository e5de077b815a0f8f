import { expect, test } from 'vitest';
import type { ProgramCall } from './call-joiner.ts';
import { CallStore, ROWS_MAX } from './call-store.ts';

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
function shape(calls: ProgramCall[]) {
  const store = new CallStore((file) => file === 'server.py');
  for (const each of calls) store.add(each.file, [each]);
  return store.rows.map(({ client, server }) => [client?.call, server?.call]);
}

test('the tutorial: connect meets accept, each send its recv, close the recv that finds the end', () => {
  const calls = [
    call('server.py', 'listen', { remote: '' }),
    call('client.py', 'connect'),
    call('server.py', 'accept', { local: SERVER, remote: '', text: CLIENT }),
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
  const accept = call('server.py', 'accept', { text: CLIENT });
  expect(shape([accept, call('client.py', 'connect')])).toEqual([['connect', 'accept']]);
});

test('a receive may be told before the send that it took', () => {
  const send = call('client.py', 'send', { count: 5 });
  expect(shape([call('server.py', 'recv', { count: 5 }), send])).toEqual([['send', 'recv']]);
});

test('a datagram meets the recvfrom that took it, though its socket was bound to any address', () => {
  const sent = call('client.py', 'sendto', { local: '0.0.0.0:40001', remote: '', text: SERVER, count: 3 });
  const taken = call('server.py', 'recvfrom', { local: SERVER, remote: '', text: '127.0.0.1:40001', count: 3 });
  const answered = call('server.py', 'sendto', { local: SERVER, remote: '', text: '127.0.0.1:40001', count: 5 });
  const heard = call('client.py', 'recvfrom', { local: '0.0.0.0:40001', remote: '', text: SERVER, count: 5 });
  expect(shape([sent, taken, answered, heard])).toEqual([
    ['sendto', 'recvfrom'],
    ['recvfrom', 'sendto'],
  ]);
});

test('calls without an answer in the tab are kept up to the limit, the newest of them', () => {
  const store = new CallStore(() => false);
  const calls = Array.from({ length: ROWS_MAX + 1 }, (_, offset) => call('client.py', 'send', { count: 1, offset }));
  store.add('client.py', calls);
  expect(store.dropped).toBe(10_000);
  expect(store.rows.at(-1)?.client?.offset).toBe(ROWS_MAX);
});
