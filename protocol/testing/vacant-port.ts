import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below every system's range of ephemeral ports, above those that are well known, apart from those of learners' listeners. */
const LOWEST = 10_000;
/** What a learner's program may bind by name. */
export const LEARNERS_LOWEST = 20_000;
const HOW_MANY = 10_000;

/**
 * A port of 127.0.0.1 for a program that cannot be told to take port 0. One that the kernel hands out would be handed out
 * again, to another test or to the client that tries to reach the program: a connection from a port to itself succeeds.
 */
export async function vacantPort(lowest = LOWEST): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * HOW_MANY);
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
