import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';

/** echo: byte for byte. source: sends as many bytes as its first 8 bytes ask for. sink: answers their number's sha256. */
const WRITE_BYTES = 65_536;
const block = Buffer.from(Array.from({ length: WRITE_BYTES }, (_, index) => index & 255));

function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return new Promise((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => resolve(server)));
}

function source(socket: Socket): void {
  socket.once('data', (request) => {
    let left = Number(request.readBigUInt64BE(0));
    const send = (): void => {
      while (left > 0) {
        const bytes = left < WRITE_BYTES ? block.subarray(0, left) : block;
        left -= bytes.length;
        if (!socket.write(bytes)) {
          socket.once('drain', send);
          return;
        }
      }
    };
    send();
  });
}

function sink(socket: Socket): void {
  const hash = createHash('sha256');
  let expected = -1;
  let got = 0;
  socket.on('data', (bytes: Buffer) => {
    let body = bytes;
    if (expected < 0) {
      expected = Number(bytes.readBigUInt64BE(0));
      body = bytes.subarray(8);
    }
    hash.update(body);
    got += body.length;
    if (got === expected) socket.write(hash.digest());
  });
}

const servers = await Promise.all([listen((socket) => void socket.pipe(socket)), listen(source), listen(sink)]);
const [echo, sourcePort, sinkPort] = servers.map((server) => (server.address() as { port: number }).port);
process.stdout.write(`${JSON.stringify({ echo, source: sourcePort, sink: sinkPort })}\n`);
process.once('SIGTERM', () => process.exit(0));
