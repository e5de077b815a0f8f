import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below every system's range of ephemeral ports, above those that are well known, apart from the listeners' 20000–29999. */
const [LOWEST, HIGHEST] = [10_000, 19_999];

/**
 * A port of 127.0.0.1 for a program that cannot be told to take port 0. One that the kernel hands out would be handed out
 * again, to another test or to the client that tries to reach the program: a connection from a port to itself succeeds.
 */
export async function vacantPort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    const probe = createServer();
    const isVacant = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isVacant) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
