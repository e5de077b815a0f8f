import { expect, test } from 'vitest';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LookedSocket } from '../../python/process-look.ts';
import { channels, type StoodSocket } from './buffers.ts';

const HOST = '127.0.0.1';
const [SERVER, CLIENT] = [
  { host: HOST, port: 8009 },
  { host: HOST, port: 50_001 },
];
const told: LookedSocket = {
  fd: 3,
  socket: 1,
  state: 'ESTABLISHED',
  local: undefined,
  remote: undefined,
  waiting: 0,
  backlog: 0,
  options: [],
  unread: 0,
  underWay: 0,
  kernel: undefined,
};

function stood(
  program: string,
  kind: 'accepted' | 'tcp',
  also: Partial<LookedSocket> = {},
  ends: object = {},
): StoodSocket {
  const trace = new SocketTrace({ id: 1, ordinal: 1, kind, target: SERVER, receiveSize: 0, source: 'program' });
  const [local, remote] = kind === 'tcp' ? [CLIENT, SERVER] : [SERVER, CLIENT];
  trace.onHead({
    kind,
    state: 'ESTABLISHED',
    local,
    remote,
    ...ends,
    isOver: false,
    omitted: { sent: 0, received: 0 },
  });
  return { ...told, ...also, program, trace };
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (content: string) => new TextEncoder().encode(content);

test('what was sent and not read lies in the buffers, each byte in one of them', () => {
  const client = stood('client.py', 'tcp', { kernel: { sendQueue: 3, receiveQueue: 0 } });
  const server = stood('server.py', 'accepted');
  client.trace?.appendBytes('sent', bytesOf('hello python'));
  server.trace?.appendBytes('received', bytesOf('hello'));
  const [channel, ...rest] = channels([server, client]);
  expect(rest).toEqual([]);
  expect(channel?.near).toBe(server);
  expect(channel?.back).toMatchObject({ count: 7, sendBuffer: 3, receiveBuffer: 4 });
  expect(channel && text(channel.back.bytes)).toBe(' python');
  expect(channel?.there).toMatchObject({ count: 0, sendBuffer: 0, receiveBuffer: 0 });
});

test('what the program gave and the kernel has not yet taken is in the send buffer', () => {
  const client = stood('client.py', 'tcp', { underWay: 5 });
  client.trace?.appendBytes('sent', bytesOf('12345678'));
  expect(channels([stood('server.py', 'accepted'), client])[0]?.back).toMatchObject({
    sendBuffer: 5,
    receiveBuffer: 3,
  });
});

test('the kernel’s figure is of another moment than the calls: no lane holds more than was sent', () => {
  const client = stood('client.py', 'tcp', { kernel: { sendQueue: 100, receiveQueue: 0 } });
  client.trace?.appendBytes('sent', bytesOf('abc'));
  expect(channels([stood('server.py', 'accepted'), client])[0]?.back).toMatchObject({
    count: 3,
    sendBuffer: 3,
    receiveBuffer: 0,
  });
});

test('a troubled proxy between them holds what neither end has', () => {
  const [proxy, onward] = [41_234, 41_236].map((port) => ({ host: HOST, port }));
  const client = stood('client.py', 'tcp', { kernel: { sendQueue: 1, receiveQueue: 0 } }, { proxy, onward });
  const server = stood('server.py', 'accepted', { unread: 2 }, { remote: onward });
  client.trace?.appendBytes('sent', bytesOf('12345678'));
  expect(channels([server, client])[0]?.back).toMatchObject({ sendBuffer: 1, receiveBuffer: 2, inProxy: 5 });
});

test('a socket whose other end is no program of the page is in no channel', () => {
  expect(channels([stood('client.py', 'tcp')])).toEqual([]);
});
