import { expect, onTestFinished, test } from 'vitest';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { openTestPage } from './testing/test-page.ts';

test('a server that stops is told of at once: its sockets are over, each at a time after its last call', async () => {
  const server = await startTestPlayground();
  const page = openTestPage(server.url);
  onTestFinished(() => page.client.leave());
  await until(page, () => page.lab().length > 0);
  const socket = page.connect('tcp', '127.0.0.1', page.lab().find(({ name }) => name === 'Raw echo')?.port ?? 0);
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(socket, () => socket.isAcceptedByPeer);
  await until(listener, () => listener.isOpened);
  const heard: unknown[] = [];
  onTestFinished(page.announcements.subscribe(() => heard.push(page.announcements.latest())));

  await server.close();
  await until(page, () => page.gateway().phase === 'offline');
  expect([socket.isOver, listener.isOver]).toEqual([true, true]);
  expect(socket.failure?.code).toBe('ECONNRESET');
  const times = Array.from({ length: socket.log.length() }, (_, index) => socket.log.at(index)?.at ?? 0);
  expect(Math.max(...times)).toBe(times.at(-1));
  expect(heard).toContainEqual({ kind: 'phase', phase: 'offline', isGone: true });
});
