import { expect, test } from 'vitest';
import type { SocketKind } from '../../trace/socket.ts';
import { SocketTrace } from '../../trace/socket-trace.ts';
import { connectionsOf, isTaken, serverEndOf } from './server-end.ts';

const HERE = '127.0.0.1';
let id = 0;
function socket(kind: SocketKind, local: number, remote: number): SocketTrace {
  id += 1;
  const target = { host: HERE, port: kind === 'listen' ? local : remote };
  const trace = new SocketTrace({ id, ordinal: id, kind, target, receiveSize: 1_024, source: 'live' });
  const ends = { local: { host: HERE, port: local }, remote: { host: HERE, port: remote } };
  if (kind === 'accepted') trace.onAcceptedHere(2, ends.local, ends.remote);
  else
    trace.onOpened({
      called: 0,
      at: 1,
      local: ends.local,
      ...(kind === 'listen' ? { backlog: 5 } : { remote: ends.remote }),
    });
  return trace;
}
const lab = { name: 'Raw echo', protocol: 'tcp', host: HERE, port: 8007, preferredPort: 8007, backlog: 5 } as const;

test('a client, a peer and a listener have to do with the same server', () => {
  const [listener, client, peer] = [
    socket('listen', 9000, 0),
    socket('tcp', 40_001, 9000),
    socket('accepted', 9000, 40_001),
  ];
  const all = [listener, client, peer];
  for (const record of all) {
    expect(serverEndOf(record, all, [lab])).toMatchObject({ endpoint: { port: 9000 }, listener, lab: undefined });
  }
  expect(serverEndOf(socket('tcp', 40_002, 8007), all, [lab])).toMatchObject({ listener: undefined, lab });
  expect(serverEndOf(socket('udp', 40_003, 8007), all, [lab])).toBeUndefined();
});

test('the connections of a server are told apart by all four numbers, although its port is the same in each', () => {
  const [one, two, late] = [40_001, 40_002, 40_003].map((port) => socket('tcp', port, 9000));
  const [peerOfTwo, stranger] = [socket('accepted', 9000, 40_002), socket('accepted', 9000, 50_000)];
  const all = [socket('listen', 9000, 0), one, two, peerOfTwo, stranger, late, socket('tcp', 40_004, 9001)].flatMap(
    (trace) => trace ?? [],
  );
  const server = serverEndOf(one, all, []);
  const connections = connectionsOf(server ?? expect.unreachable(), all);
  expect(connections).toEqual([
    { client: one, server: undefined },
    { client: two, server: peerOfTwo },
    { client: late, server: undefined },
    { client: undefined, server: stranger },
  ]);
  expect(connections.map(isTaken)).toEqual([false, true, false, true]);
});
