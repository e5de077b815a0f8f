import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { abort } from './reset.ts';

/** Both ends of a connection. */
async function open(): Promise<{ socket: Socket; peer: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  const [[peer]] = await Promise.all([accepted, once(socket, 'connect')]);
  server.close();
  onTestFinished(() => {
    for (const end of [socket, peer]) end.destroy();
  });
  return { socket, peer };
}
/** What send(2) says at once: nothing where there was only a FIN, as one may still send then. */
async function sendErrorOf(peer: Socket): Promise<string | undefined> {
  peer.on('error', () => undefined);
  return await new Promise((resolve) => {
    peer.write('still there?', (error) => resolve((error as NodeJS.ErrnoException | undefined)?.code));
  });
}

test.each([
  ['is open', () => undefined],
  ['shuts down', (socket: Socket) => socket.end()],
  ['shuts down after its last bytes', (socket: Socket) => socket.end('bye')],
  ['closes', (socket: Socket) => socket.destroySoon()],
])('a socket that %s is reset and its descriptor closed', async (_what, before) => {
  const { socket, peer } = await open();
  before(socket);
  abort(socket);
  await once(socket, 'close'); // throws what `error` tells
  expect(await sendErrorOf(peer)).toMatch(/^(EPIPE|ECONNRESET)$/);
});

test('one whose last bytes nobody takes does not wait for them', async () => {
  const { socket, peer } = await open();
  peer.pause();
  while (socket.write(Buffer.alloc(1_048_576)));
  socket.end();
  abort(socket);
  await once(socket, 'close');
});
