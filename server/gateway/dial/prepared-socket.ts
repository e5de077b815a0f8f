import { BoundSocket, isIPv6 } from 'node:net';
import type { SocketOptions } from '../../../protocol/messages/options.ts';

/** What is done to a socket between socket(2) and connect(2), by its file descriptor. */
export type Prepare = (fd: number) => void;

/**
 * A socket that is bound and prepared, for net.connect's `handle`. Buffers must be set here: their size decides the window
 * scale in the SYN, and is not told again (RFC 7323 §2.2).
 * @throws {Error} `code` EADDRINUSE: somebody listens on the local port; and whatever `prepare` throws.
 */
export function prepareSocket(
  address: string,
  { localHost, localPort = 0 }: SocketOptions,
  prepare: Prepare,
): BoundSocket {
  const bound = new BoundSocket({ host: localHost ?? (isIPv6(address) ? '::' : '0.0.0.0'), port: localPort });
  try {
    prepare(bound.fd());
    return bound;
  } catch (error) {
    bound.close();
    throw error;
  }
}
