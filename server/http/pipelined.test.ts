import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
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

test('the errors of the requests that such a connection had under way have no stack, and others have theirs', async () => {
  const { socket, request } = await connected();
  const stacks: string[] = [];
  const onStart = (message: unknown): void => {
    (message as { request: IncomingMessage }).request.on('error', ({ stack = '' }) => stacks.push(stack));
  };
  subscribe('http.server.request.start', onStart);
  onTestFinished(() => void unsubscribe('http.server.request.start', onStart));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(request.repeat(100));
  await closed;
  await expect.poll(() => stacks.length).toBeGreaterThan(8);
  expect(stacks.filter((stack) => stack.includes('\n'))).toEqual([]);
  expect(new Error('another').stack).toContain('\n');
});
