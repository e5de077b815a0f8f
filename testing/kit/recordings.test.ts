import { expect, onTestFinished, test } from 'vitest';
import { readPcapng } from '../../trace/testing/pcapng-reader.ts';
import { connectTcp } from './tcp/connect-tcp.ts';
import { listenTcp, parseRecording, proxyTcp, replay, toJson, toPcapng, toText, toxics } from './testing.ts';
import { bindUdp } from './udp-peer.ts';

async function talk() {
  const server = await listenTcp(async (peer) => {
    await peer.expectBytes('PING\r\n');
    peer.send('+PONG\r\n');
    await peer.expectEnd();
  });
  onTestFinished(() => server.close());
  const proxy = await proxyTcp(server.port, { seed: 7, faults: { downstream: [toxics.slicer(3)] } });
  onTestFinished(() => proxy.close());
  const client = await connectTcp(proxy.port);
  client.send('PING\r\n');
  await client.expectBytes('+PONG\r\n');
  client.end();
  await client.expectEnd();
  await server.done();
  return { server, proxy, client };
}

test('a capture has the bytes that were sent, each way, and the page reads the JSON', async () => {
  const { server } = await talk();
  const { packets } = readPcapng(toPcapng(server.recording()));
  const sentBy = (port: number): string =>
    Buffer.concat(packets.filter(({ source }) => source.endsWith(` ${port}`)).map(({ payload }) => payload)).toString();
  expect(sentBy(server.port)).toBe('+PONG\r\n');
  expect(packets.map(({ payload }) => Buffer.from(payload).toString()).join('')).toBe('PING\r\n+PONG\r\n');
  const [socket] = parseRecording(toJson(server.recording())).sockets;
  expect(socket).toMatchObject({ kind: 'accepted', local: { port: server.port } });
  expect(socket?.events.map(({ call }) => call)).toEqual(['accept', 'recv', 'send', 'recv', 'shutdown', 'close']);
});

test('a proxy records both legs: what came, and what went on in which pieces', async () => {
  const { proxy, server, client } = await talk();
  const [near, far] = proxy.recording().sockets;
  expect([near?.remote?.port, far?.remote?.port]).toEqual([client.local.port, server.port]);
  const sends = near?.events.filter(({ call }) => call === 'send').map(({ count }) => count);
  expect(sends).toEqual([3, 3, 1]);
  expect(far?.events.filter(({ call }) => call === 'recv').map(({ count }) => count)).toEqual([7, 0]);
});

test('as text: one ladder of all sockets, with hex dumps', async () => {
  const { proxy } = await talk();
  const text = toText(proxy.recording(), ['seed 7']);
  expect(text).toMatch(
    /^from \d{4}-.*Z on; times in ms\nseed 7\n#1 accepted 127\.0\.0\.1:\d+ ↔ 127\.0\.0\.1:\d+\n#2 tcp/,
  );
  expect(text).toMatch(/#1 ← recv\(\) → 6 B\n +00000000 {2}50 49 4e 47 0d 0a .*\|PING\.\.\|\n/);
  expect(text).toMatch(/#2 → send\(b'PING\\r\\n'\) → 6\n/);
});

test('replay sends again what was sent, and returns what came back', async () => {
  const { client } = await talk();
  const { recorder } = client;
  const { recordingOf } = await import('./time-line.ts');
  const server = await listenTcp(async (peer) => {
    await peer.expectBytes('PING\r\n');
    peer.send('-OOPS\r\n');
    await peer.expectEnd();
  });
  onTestFinished(() => server.close());
  for (const timing of ['replies', 'original'] as const) {
    const again = await replay(recordingOf([recorder]), server, { timing });
    const [socket] = again.sockets;
    expect(Buffer.from(socket?.received.slice(0, 99) ?? []).toString()).toBe('-OOPS\r\n');
  }
  await server.done();
  await expect(replay(server.recording(), server)).rejects.toThrow('no socket that was opened');
});

test('datagrams are replayed each as one', async () => {
  await using server = await bindUdp();
  const client = await bindUdp();
  client.sendTo(server.port, 'one');
  await server.expectDatagram('one');
  server.reply('1');
  await client.expectDatagram('1');
  await client.close();
  const replayed = replay(client.recording(), server);
  await server.expectDatagram('one');
  server.reply('2');
  expect(Buffer.from((await replayed).sockets[0]?.received.slice(0, 9) ?? []).toString()).toBe('2');
});
