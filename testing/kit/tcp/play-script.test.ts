import { expect, onTestFinished, test } from 'vitest';
import { SocketExpectationError } from '../expectation.ts';
import { connectTcp } from './connect-tcp.ts';
import { listenTcp } from './tcp-server.ts';

test('a server’s script is text too: steps, then rules for as long as the connection lasts', async () => {
  await using server = await listenTcp(`
    send "220 ready\\r\\n"
    readUntil "\\r\\n"           # EHLO
    on line "QUIT" send "221 bye\\r\\n", end
    on line echo
  `);
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  await client.play('readUntil "\\r\\n"\nsend "EHLO me\\r\\nhello\\n"\nexpectBytes "hello\\n"\nsend "QUIT\\r\\n"');
  await client.expectBytes('221 bye\r\n');
  await client.expectEnd();
  await server.done();
});

test('a step that fails says its line and what came, at the line of the test; the connection is reset', async () => {
  const server = await listenTcp('send "> "\n\nexpectBytes "HELO"');
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  client.send('EHLO');
  await client.expectBytes('> ');
  await client.expectEnd('reset');
  const failure: unknown = await server.close().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SocketExpectationError);
  expect(String(failure)).toMatch(/the script, line 3, expectBytes: the bytes differ:[\s\S]*expected: 'HELO'/);
  expect((failure as Error).stack).toMatch(/^\s+at .*play-script\.test\.ts/m);
});

test('what waits does so for the time of its line, else for that of the call', async () => {
  await using server = await listenTcp();
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  const peer = await server.accept();
  await expect(client.play('read 1 within 10')).rejects.toThrow('line 1, read: 10 ms passed');
  await expect(client.play('\nexpectEnd', { timeout: 11 })).rejects.toThrow('line 2, expectEnd: 11 ms passed');
  peer.send('x');
  await client.play('read 1 within 5000', { timeout: 1 });
});

test('a text that is no script is refused before anybody connects', async () => {
  await expect(listenTcp('sned "x"')).rejects.toThrow('the script, line 1: no such step');
  await using server = await listenTcp();
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  await expect(client.play('send x')).rejects.toThrow('the script, line 1: bytes go in quotes');
});

test('rules answer until the server is closed, which is no failure', async () => {
  const server = await listenTcp('on "PING" send "PONG", expectBytes "!"');
  const client = await connectTcp(server.port);
  onTestFinished(() => client.destroy());
  client.send('..PI');
  client.send('NG!PING!');
  await client.expectBytes('PONGPONG');
  await server.close();
});
