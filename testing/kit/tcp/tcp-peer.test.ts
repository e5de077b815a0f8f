import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SocketExpectationError } from '../expectation.ts';
import { connectTcp } from './connect-tcp.ts';
import type { PeerOptions, TcpPeer } from './tcp-peer.ts';
import { listenTcp } from './tcp-server.ts';

/** The peer under test, and the plain socket at its other end. */
async function open(options: PeerOptions = {}): Promise<{ peer: TcpPeer; other: Socket }> {
  const server = await listenTcp(undefined, options);
  onTestFinished(() => server.close());
  const other = connect({ port: server.port, host: server.host, allowHalfOpen: true, noDelay: true });
  other.on('error', () => undefined);
  onTestFinished(() => void other.destroy());
  return { peer: await server.accept(), other };
}
async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return await promise.then(
    () => expect.unreachable('it did not fail'),
    (error: Error) => error,
  );
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

test('bytes are taken in order, however they were cut, and the rest is left', async () => {
  const { peer, other } = await open();
  const taken = peer.expectBytes('PING\r\n');
  for (const part of ['PI', 'N', 'G\r\nQU', 'IT\r\nand']) other.write(part);
  await taken;
  expect(Buffer.from(await peer.readUntil('\r\n')).toString()).toBe('QUIT');
  expect(Buffer.from(await peer.read(2)).toString()).toBe('an');
  other.end(' more');
  expect(Buffer.from(await peer.readToEnd()).toString()).toBe('d more');
  expect(Buffer.from(peer.received).toString()).toBe('PING\r\nQUIT\r\nand more');
  expect(peer.unread).toHaveLength(0);
});

test('a byte that differs fails at once, with its place in the stream and the line of the test', async () => {
  const { peer, other } = await open({ timeout: 60_000 });
  other.write('okPING');
  await peer.expectBytes('ok');
  const error = await failureOf(peer.expectBytes('PONG\n'));
  expect(error).toBeInstanceOf(SocketExpectationError);
  expect(error.message).toMatch(/expected: 'PONG\\n'\n.*received: 'PING'\n.*first difference at byte 3/);
  expect(error.stack?.split('\n    at ')[1]).toMatch(/tcp-peer\.test\.ts:\d+:\d+/);
});

test('the end of the stream is told at once where bytes are waited for', async () => {
  const { peer, other } = await open({ timeout: 60_000 });
  const waits = [peer.expectBytes('abcd'), peer.read(4), peer.readUntil('\n'), peer.expectEnd('reset')];
  const failures = Promise.all(waits.map(failureOf));
  other.end('ab');
  const messages = (await failures).map(({ message }) => message);
  for (const message of messages) expect(message).toMatch(/the other end sent FIN/);
  expect(messages[0]).toMatch(/2 of 4 bytes are there/);
});

test('a reset is told as one', async () => {
  const { peer, other } = await open();
  other.write('x');
  await peer.expectBytes('x');
  other.resetAndDestroy();
  await peer.expectEnd('reset');
  expect(peer.ending).toBe('reset');
  expect(() => peer.send('y')).toThrow('reset the connection');
});

test('a FIN is answered by FIN, unless the peer is half-open', async () => {
  const closing = await open();
  const ended = new Promise((resolve) => closing.other.once('end', resolve).resume());
  closing.other.end();
  await ended;
  await closing.peer.expectEnd();
  expect(() => closing.peer.send('late')).toThrow('{ halfOpen: true }');

  const open2 = await open({ halfOpen: true });
  open2.other.end();
  await open2.peer.expectEnd();
  open2.peer.send('still here');
  open2.peer.end();
  const chunks = await open2.other.toArray();
  expect(Buffer.concat(chunks).toString()).toBe('still here');
});

test('silence: what comes meanwhile, or has come before, breaks it', async () => {
  const { peer, other } = await open();
  await peer.expectSilence(20);
  const broken = failureOf(peer.expectSilence(60_000));
  other.write('noise');
  expect((await broken).message).toMatch(/received 'noise'/);
  expect((await failureOf(peer.expectSilence(60_000))).message).toMatch(/received 'noise'/);
});

test('when the time is up, what has come is told', async () => {
  const { peer, other } = await open({ timeout: 30 });
  other.write('half');
  await peer.read(0);
  const errors = [await failureOf(peer.expectBytes('half of it')), await failureOf(peer.readUntil('\n'))];
  for (const { message } of errors) expect(message).toMatch(/^30 ms passed: [\s\S]*'half'/);
});

test('sends from any callback, of any array, leave in their order, and later changes do not reach them', async () => {
  const { peer, other } = await open();
  const pool = Buffer.alloc(8, 'ab');
  const view = new Uint8Array(pool.buffer, pool.byteOffset, 2);
  peer.send(view);
  pool.fill('!');
  peer.send([0, 255]);
  queueMicrotask(() => peer.send('ü'));
  setImmediate(() => {
    peer.send(Buffer.from('end'));
    peer.end();
  });
  expect(Buffer.concat(await other.toArray()).toString('hex')).toBe('616200ffc3bc656e64');
  expect(Buffer.from(peer.sent).toString('hex')).toBe('616200ffc3bc656e64');
  expect(() => peer.send([256])).toThrow('256 is no byte');
});

test('slices leave one by one', async () => {
  const { peer, other } = await open();
  const chunks: string[] = [];
  other.on('data', (bytes) => chunks.push(bytes.toString()));
  await peer.sendSlowly('abcdef', { slice: 2, every: 30 });
  peer.end();
  await new Promise((resolve) => other.once('end', resolve));
  expect(chunks.join('')).toBe('abcdef');
  expect(chunks.length).toBeGreaterThan(1);
});

test('lines end with the stream, and with the test', async () => {
  const { peer, other } = await open();
  other.end('one\ntwo\nthe rest');
  expect(await all(peer.lines())).toEqual(['one', 'two', 'the rest']);
  const waiting = await open();
  const lines = all(waiting.peer.lines());
  waiting.peer.destroy();
  expect(await lines).toEqual([]);
});

test('a peer that is paused meets the sender with back-pressure', async () => {
  const { peer, other } = await open();
  peer.pause();
  const chunk = Buffer.alloc(1_048_576, 1);
  while (other.writableLength < 16 * chunk.length && other.write(chunk));
  other.write(Buffer.alloc(32 * chunk.length));
  expect(other.writableLength).toBeGreaterThan(chunk.length);
  peer.resume();
  other.end();
  await peer.readToEnd();
  expect(other.writableLength).toBe(0);
});

test('a client’s end is the same; whom nobody answers gets the system’s error', async () => {
  const server = await listenTcp((peer) => peer.send('220 hello\r\n'));
  onTestFinished(() => server.close());
  const client = await connectTcp(server);
  onTestFinished(() => client.destroy());
  await client.expectBytes('220 hello\r\n');
  expect([client.kind, client.remote.port, client.local.port]).toEqual([
    'tcp',
    server.port,
    server.peers[0]?.remote.port,
  ]);
  await server.refuse();
  await expect(connectTcp(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  client.send('x');
  await server.peers[0]?.expectBytes('x'); // connections stay
});
