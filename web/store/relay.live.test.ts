import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningPlayground } from '../../server/start-playground.ts';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { answeringOf } from './answering.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Playground } from './playground.ts';
import { otherLeg, relay } from './relay.ts';
import { openTestPage } from './testing/test-page.ts';

let server: RunningPlayground;
let page: Playground;
beforeAll(async () => {
  server = await startTestPlayground();
  page = openTestPage(server.url);
  await until(page, () => page.lab().length > 0);
});
afterAll(() => server.close());

/** A listener of the page whose connections are passed on. */
async function relayTo(host: string, port: number): Promise<LiveSocket> {
  const listener = page.listen('127.0.0.1', 0, 5);
  await until(listener, () => listener.local !== undefined);
  answeringOf(listener).set({
    kind: 'relay',
    text: '',
    begin: (accepted) => relay(accepted, page.connect('tcp', host, port)),
  });
  return listener;
}
async function text(socket: Socket): Promise<string> {
  let read = '';
  for await (const bytes of socket) read += bytes;
  return read;
}

test('bytes and both ends of the stream go through, and both legs tell of each other', async () => {
  const echo = page.lab().find(({ name }) => name === 'Raw echo');
  const listener = await relayTo(echo?.host ?? '', echo?.port ?? 0);
  const client = connect(listener.local?.port ?? 0, '127.0.0.1');
  client.end('x'.repeat(300_000));
  expect((await text(client)).length).toBe(300_000);
  const accepted = page.sockets().find(({ kind }) => kind === 'accepted') as LiveSocket;
  const leg = otherLeg(accepted);
  expect(otherLeg(leg)).toBe(accepted);
  expect([accepted.received.length, leg?.sent.length, leg?.received.length]).toEqual([300_000, 300_000, 300_000]);
  await until(page, () => accepted.isOver && leg?.isOver === true);
});

test('a target that refuses is a reset for the client', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  await once(closed, 'close');
  const listener = await relayTo('127.0.0.1', port);
  const client = connect(listener.local?.port ?? 0, '127.0.0.1');
  const [error] = await once(client, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
});
