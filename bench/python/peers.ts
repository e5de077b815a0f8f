import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { ByteCount, Port } from '../../protocol/units.ts';

export type Peers = {
  readonly echo: Port;
  readonly sink: Port;
  readonly source: Port;
  readonly close: () => Promise<void>;
};

const CHUNK = Buffer.alloc(65_536, 'x');

/** What the programs of the bench talk to: an echo, one that counts what it is sent, one that sends so many bytes. */
export async function startPeers(bytes: ByteCount): Promise<Peers> {
  const servers = await Promise.all([listen(echo), listen(sink), listen((socket) => send(socket, bytes))]);
  const [echoServer, sinkServer, sourceServer] = servers as [Server, Server, Server];
  return {
    echo: portOf(echoServer),
    sink: portOf(sinkServer),
    source: portOf(sourceServer),
    close: async () => {
      await Promise.all(servers.map((server) => once(server.close(), 'close')));
    },
  };
}

function echo(socket: Socket): void {
  socket.setNoDelay(true).pipe(socket);
}
function sink(socket: Socket): void {
  let count = 0;
  socket.on('data', (data) => {
    count += data.length;
  });
  socket.on('end', () => socket.end(String(count)));
}
function send(socket: Socket, bytes: ByteCount): void {
  let left = bytes;
  const push = (): void => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      left -= chunk.length;
      if (!socket.write(chunk)) {
        socket.once('drain', push);
        return;
      }
    }
    socket.end();
  };
  push();
}

async function listen(serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
function portOf(server: Server): Port {
  return (server.address() as AddressInfo).port;
}
