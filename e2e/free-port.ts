import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Port } from '../protocol/units.ts';

/** Below the ports that systems hand out by themselves, so that nobody is given it between now and its use. */
const LOWEST: Port = 20_000;
const HOW_MANY = 10_000;

/** A port of loopback that a program can be told to bind: one that is bound by name, as the tutorial's are. */
export async function freePort(): Promise<Port> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * HOW_MANY);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    if (!isFree) continue;
    await once(server.close(), 'close');
    return port;
  }
}
