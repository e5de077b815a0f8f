import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { settled, soon, startTestLab } from '../testing/test-lab.ts';

test('gives back 3,000,000 random bytes exactly, the last of them after the client has half-closed', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Raw echo');
  const bytes = randomBytes(3_000_000);
  client.socket.end(bytes);
  await client.until(({ hasEnded }) => expect(hasEnded).toBe(true));
  expect(client.received.equals(bytes)).toBe(true);
});

test('listens on IPv6 at the same port', async () => {
  const { connect } = await startTestLab();
  const client = await connect('Raw echo', { host: '::1' });
  client.socket.write('over IPv6');
  await client.until(({ text }) => expect(text).toBe('over IPv6'));
  expect(client.calls).toContain(`print ...connected from: ('::1', ${client.port}, 0, 0)`);
});

test('listens on a Unix path too, and tells its calls to whoever has a name to be looked at by', async () => {
  const { server, tap, queues } = await startTestLab();
  const path = server('Raw echo').path as string;
  const chunks: string[] = [];
  const buffer = Buffer.alloc(64);
  const callback = (count: number) => chunks.push(buffer.toString('latin1', 0, count)) > 0;
  const { socket, local } = queues.connectPath(path, { buffer, callback });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const calls: string[] = [];
  tap.observe('unix', local, { host: path, port: 0 }, ({ call, count }) => calls.push(`${call} ${count}`) > 0);
  socket.write('over a path');
  await soon(() => expect(chunks).toEqual(['over a path']));
  if (queues.kind === 'emulated') return;
  expect(calls).toEqual(['socket 0', 'bind 0', 'listen 0', 'print 0', 'accept 0', 'print 0', 'recv 11', 'send 11']);
});
test('a client that never reads stops it from reading, and nobody else: no memory grows', async () => {
  const { connect, stats } = await startTestLab();
  const client = await connect('Raw echo');
  client.socket.pause();
  const flood = Buffer.alloc(8_000_000);
  client.socket.write(flood);
  await client.until(({ sentCount }) => expect(sentCount).toBeGreaterThan(0));
  const other = await connect('Raw echo');
  const askOther = async () => {
    for (let round = 0; round < 20; round += 1) {
      const goal = other.receivedCount + 'meanwhile'.length;
      other.socket.write('meanwhile');
      await other.until(({ receivedCount }) => expect(receivedCount).toBe(goal));
    }
  };
  const sent = await settled(() => client.sentCount, askOther);
  expect(sent).toBeLessThan(2_000_000);
  // What neither kernel nor program has taken still lies with its sender.
  expect(client.socket.writableLength).toBe(flood.length);
  client.socket.resetAndDestroy();
  await client.until(({ events }) => expect(events.at(-1)?.call).toBe('close'));
  await soon(() => expect(stats('Raw echo').connected).toBe(1));
});
