import { expect, onTestFinished, test } from 'vitest';
import { connectTcp } from './connect-tcp.ts';
import { listenTcp } from './tcp-server.ts';

test('a script that fails resets its connection at once, and is told once', async () => {
  const server = await listenTcp(async (peer) => {
    await peer.expectBytes('HELO');
  });
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  client.send('EHLO');
  await client.expectEnd('reset');
  await expect(server.done()).rejects.toThrow("expected: 'HELO'");
  await server.close();
});

test('a script that failed, or still waits, is told when the server is closed', async () => {
  const server = await listenTcp(async (peer) => void (await peer.readUntil('\n')));
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  client.send('no line');
  await server.accept();
  await expect(server.close()).rejects.toThrow(/the test has closed the connection; unread: '(no line)?'/);
});

test('a script that only serves lines has not failed when the test ends', async () => {
  const server = await listenTcp(async (peer) => {
    for await (const line of peer.lines()) peer.send(`${line}!`);
  });
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  client.send('hi\n');
  await client.expectBytes('hi!');
  await server.close();
});

test('done waits for every script', async () => {
  const server = await listenTcp(async (peer) => await peer.expectBytes('bye'));
  onTestFinished(() => server.close());
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  await server.accept();
  let isDone = false;
  const done = server.done().then(() => {
    isDone = true;
  });
  client.send('by');
  await client.expectSilence(20);
  expect(isDone).toBe(false);
  client.send('e');
  await done;
});

test('peers are accepted in their order, also those that came before; nobody is an error at the test’s line', async () => {
  await using server = await listenTcp();
  const [one, two] = [await connectTcp(server.port), await connectTcp(server.port)];
  onTestFinished(() => [one, two].forEach((client) => void client.destroy()));
  expect([(await server.accept()).remote.port, (await server.accept()).remote.port]).toEqual([
    one.local.port,
    two.local.port,
  ]);
  const error = await server.accept({ timeout: 20 }).catch((caught: Error) => caught);
  expect(String(error)).toContain(`20 ms passed: nobody connected to ${server.address} (2 before)`);
  expect((error as Error).stack?.split('\n    at ')[1]).toContain('tcp-server.test.ts');
});
