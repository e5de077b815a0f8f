import { expect, onTestFinished, test } from 'vitest';
import './vitest.ts';
import { connectTcp } from './tcp/connect-tcp.ts';
import { listenTcp } from './tcp/tcp-server.ts';

async function pair() {
  const server = await listenTcp();
  const client = await connectTcp(server.port);
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { client, peer: await server.accept() };
}

test('they wait until they hold', async () => {
  const { client, peer } = await pair();
  const matched = expect(peer).toHaveReceivedBytes('PING\r\n');
  client.send('PI');
  setImmediate(() => client.send('NG\r\n'));
  await matched;
  await expect(client).toHaveSentBytes('PING\r\n');
  await expect(peer).not.toHaveReceivedBytes('PONG');
  client.end();
  await expect(peer).toHaveEnded();
  await expect(peer).toHaveEnded('fin');
});

test('a byte that is wrong is told at once', async () => {
  const { client, peer } = await pair();
  client.send('PONG');
  const wrong = expect(peer).toHaveReceivedBytes('PING', { timeout: 60_000 });
  await expect(wrong).rejects.toThrow('first difference at byte 1');
  client.reset();
  const ended = expect(peer).toHaveEnded('fin', { timeout: 60_000 });
  await expect(ended).rejects.toThrow(/expected: fin\n.*received: reset/);
});

test('dumps are marked where they differ', () => {
  const bytes = new Uint8Array(40).fill(65);
  expect(bytes).toEqualBytes('A'.repeat(40));
  expect(() => expect(bytes).toEqualBytes(`${'A'.repeat(33)}B${'A'.repeat(6)}`)).toThrow(
    /expected, 40 bytes:\n {2}00000010 .*\n> 00000020 {2}41 42 [\s\S]*received, 40 bytes:\n {2}00000010 .*\n> 00000020 {2}41 41/,
  );
  expect(() => expect(bytes).not.toEqualBytes(bytes)).toThrow('.not.toEqualBytes');
});
