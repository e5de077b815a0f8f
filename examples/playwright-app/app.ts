import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** The app under test: a page with a button, and a backend that speaks TCP to a device, a database and a mail server. */
export async function startApp() {
  let device = '';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://app');
    try {
      if (url.pathname === '/read') response.end(await readDevice(url.searchParams.get('device') ?? ''));
      else if (url.pathname === '/login') response.end(await login(device, await bodyOf(request)));
      else response.setHeader('content-type', 'text/html').end(PAGE);
    } catch (error) {
      const isReset = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      response.writeHead(502).end(isReset ? 'the connection was reset' : String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    pointTo: (address: string): void => {
      device = address;
    },
    close: (): void => void server.close(),
  };
}

const PAGE = `<!doctype html><title>Device</title><button>Read</button><output></output><p role="alert"></p><script>
  document.querySelector('button').onclick = async () => {
    const answer = await fetch('/read' + location.search);
    document.querySelector(answer.ok ? 'output' : '[role=alert]').textContent = await answer.text();
  };
</script>`;

async function bodyOf(request: AsyncIterable<Buffer>): Promise<{ user: string }> {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text);
}
function dial(address: string): Socket {
  const [host, port] = address.split(':');
  return connect(Number(port), host);
}
/** Asks a device for a line of 40 characters. */
async function readDevice(address: string): Promise<string> {
  const socket = dial(address);
  socket.write('READ\n');
  let line = '';
  for await (const part of socket) {
    line += part;
    if (line.length >= 40) break;
  }
  return line;
}
/** 00, length of what follows, 01, name; answered by 00 01 00. */
async function login(address: string, { user }: { user: string }): Promise<string> {
  const socket = dial(address);
  const name = Buffer.from(user);
  socket.write(Buffer.concat([Buffer.from([0, name.length + 2, 1]), name]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.end();
  if (answer.toString('hex') !== '000100') throw new Error('refused');
  return 'ok';
}

/** A client of a database: one question at a time, a line each; where the connection is lost it dials and asks once more. */
export class Database {
  #socket: Socket | undefined;
  #port = 0;

  async connect(port: number): Promise<void> {
    this.#port = port;
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('error', () => undefined);
    await once(this.#socket, 'connect');
  }
  async query(text: string): Promise<unknown> {
    try {
      return await this.#ask(text);
    } catch {
      await this.connect(this.#port);
      return await this.#ask(text);
    }
  }
  close(): void {
    this.#socket?.destroy();
  }
  #ask(text: string): Promise<unknown> {
    const socket = this.#socket as Socket;
    socket.write(`${text}\n`);
    return new Promise((resolve, reject) => {
      let line = '';
      socket.once('close', () => reject(new Error('the connection was lost')));
      socket.on('data', (part) => {
        line += part;
        if (line.endsWith('\n')) resolve(JSON.parse(line));
      });
    });
  }
}

/** SMTP, as little of it as there can be. */
export async function sendMailBy(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  for await (const part of socket) {
    text += part;
    if (text === '220 hi\r\n') socket.write('EHLO app\r\n');
    if (text === '220 hi\r\n250 ok\r\n') socket.write('QUIT\r\n');
  }
}
