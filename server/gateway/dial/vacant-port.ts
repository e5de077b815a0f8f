import { createSocket } from 'node:dgram';
import { BoundSocket, isIPv6 } from 'node:net';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { Port } from '../../../protocol/units.ts';

/** Elsewhere an address can be bound although somebody listens on the wildcard address. */
const CAN_HOLD_PORTS = process.platform === 'linux';

/** Nobody listens there, nor has it in any other way. */
export function isVacant(host: string, port: Port): boolean {
  try {
    holdPort(host, port)();
    return true;
  } catch {
    return false;
  }
}

/** The same of datagrams: nobody has the port, so what is sent there reaches no one. */
export async function isVacantForDatagrams(host: string, port: Port): Promise<boolean> {
  const socket = createSocket(isIPv6(host) ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('error', () => resolve(false));
  socket.bind({ address: host, port, exclusive: true }, () => resolve(true));
  const isVacant = await promise;
  socket.close();
  return isVacant;
}

/**
 * Binds the port and does not listen: until it is released the kernel refuses whoever connects to it (decision 009).
 * @throws {PlaygroundError} TARGET_FORBIDDEN: the port is taken, or cannot be held here.
 */
export function holdPort(host: string, port: Port): () => void {
  if (!CAN_HOLD_PORTS) throw new PlaygroundError('TARGET_FORBIDDEN', `port ${port}`);
  try {
    const held = new BoundSocket({ host, port, ipv6Only: true });
    return () => held.close();
  } catch (cause) {
    throw new PlaygroundError('TARGET_FORBIDDEN', `somebody has port ${port}`, { cause });
  }
}
