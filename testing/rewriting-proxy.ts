import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A reverse proxy that passes on a Host of its own making, as nginx does unless it is told otherwise. */
export async function startRewritingProxy(target: number): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(target, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    // Browsers send each request's header in one piece.
    from.on('data', (bytes) => {
      const text = bytes.toString('latin1').replace(/^(Host: 127\.0\.0\.1:)\d+(\r)$/im, `$1${target}$2`);
      to.write(text, 'latin1');
    });
    to.pipe(from);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}
