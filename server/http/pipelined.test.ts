import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground } from '../../testing/playground.ts';

async function connected(): Promise<{ socket: Socket; request: string; received: () => string }> {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const { host, port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = '';
  socket.setEncoding('latin1').on('data', (text) => {
    received += text;
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, request: `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`, received: () => received };
}
const answersIn = (text: string): number => text.split('HTTP/1.1 200').length - 1;

test('one request after the other is answered, however many', async () => {
  const { socket, request, received } = await connected();
  for (let count = 1; count <= 40; count += 1) {
    socket.write(request);
    await expect.poll(() => answersIn(received())).toBe(count);
  }
});

test('a connection with many requests under way is closed, and the rest of what it sent is not answered', async () => {
  const { socket, request, received } = await connected();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(request.repeat(500));
  await closed;
  expect(answersIn(received())).toBeLessThanOrEqual(8);
});
