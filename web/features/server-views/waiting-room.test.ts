import { expect, test } from 'vitest';
import { SocketTrace } from '../../../trace/socket-trace.ts';
import { synCount, waitingRoom } from './waiting-room.ts';

const END = { host: '127.0.0.1', port: 9000 };
function client(isOpened: boolean): SocketTrace {
  const trace = new SocketTrace({ id: 1, ordinal: 1, kind: 'tcp', target: END, receiveSize: 1_024, source: 'live' });
  if (isOpened) trace.onOpened({ called: 0, at: 1, local: { host: '127.0.0.1', port: 40_000 }, remote: END });
  return trace;
}

test('who has no answer is in the street, who is connected in the room, who was accepted at the counter', () => {
  const [knocks, waits, served, left] = [client(false), client(true), client(true), client(true)];
  const server = client(true);
  left.onClosed(5, 'close');
  const connections = [
    { client: knocks, server: undefined },
    { client: waits, server: undefined },
    { client: served, server },
    { client: left, server: undefined },
  ];
  const room = waitingRoom(connections, { waiting: 3, max: 2 }, 'kernel');
  expect(room).toEqual({
    street: [knocks],
    room: [waits],
    others: 2,
    chairs: 3,
    counter: [{ client: served, server }],
  });
  expect(waitingRoom(connections, { waiting: 1, max: 2 }, 'emulated')).toMatchObject({ chairs: 2, others: 0 });
});

test('the SYNs are the kernel’s count', () => {
  const trace = client(false);
  expect(synCount(trace)).toBe(1);
  trace.onKernel(9, { stream: 1, state: 'SYN-SENT', receiveQueue: 0, sendQueue: 0, totalRetransmits: 3 });
  expect(synCount(trace)).toBe(4);
});
