import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A TCP server on loopback for programs of one's own making: what learners connect to. */
export class Peer {
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }
  static async start(serve: (socket: Socket) => void): Promise<Peer> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const peer = new Peer(server);
    server.on('connection', serve);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, resolve);
    await promise;
    return peer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  /** What `--allow` needs to let learners in. */
  get allow(): string {
    return `127.0.0.1:${this.port}`;
  }
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

export function echo(socket: Socket): void {
  socket.pipe(socket);
}
/** Sends as fast as it is read, for ever. */
export function flood(socket: Socket): void {
  const bytes = Buffer.alloc(65_536, 'flood ');
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  socket.resume();
  more();
}
/** Never reads. */
export function stall(socket: Socket): void {
  socket.pause();
}
