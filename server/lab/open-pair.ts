import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Port } from '../../protocol/units.ts';
import { codeOfError } from '../net/ffi/system-error.ts';

const IPV6_LOOPBACK = '::1';
/** How often a free port of IPv4 is looked for that is free in IPv6 too. */
const PAIR_ATTEMPTS = 8;
/** The port asked for is somebody else's, or not for us. */
const PORT_TAKEN: ReadonlySet<string | undefined> = new Set(['EADDRINUSE', 'EACCES']);
/** The system has no such address or family: the server does without. */
const NOT_HERE: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

type Opened = { readonly endpoint: Endpoint; readonly close: () => Promise<void> };

/**
 * One socket of IPv4 and one of IPv6's loopback, at the same port where that is free in both, and one at each address `besides`. A
 * port in use is replaced by a free one. @throws what `open` throws, for any other reason: then none is open.
 */
export async function openPair<T extends Opened>(
  open: (at: Endpoint) => Promise<T>,
  { host, port, besides = [] }: { readonly host: string; readonly port: Port; readonly besides?: readonly string[] },
): Promise<T[]> {
  const sockets = await openBoth(open, { host, port });
  try {
    for (const address of besides) sockets.push(await open({ host: address, port: (sockets[0] as T).endpoint.port }));
    return sockets;
  } catch (error) {
    await Promise.all(sockets.map((socket) => socket.close()));
    throw error;
  }
}

async function openBoth<T extends Opened>(
  open: (at: Endpoint) => Promise<T>,
  { host, port }: { readonly host: string; readonly port: Port },
): Promise<T[]> {
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = await open({ host, port }).catch((error: unknown) => {
      if (port !== 0 && PORT_TAKEN.has(codeOfError(error))) return open({ host, port: 0 });
      throw error;
    });
    const isAsked = ipv4.endpoint.port === port;
    const ipv6 = await openBeside(ipv4, open, isAsked || attempt === PAIR_ATTEMPTS).catch(async (error: unknown) => {
      await ipv4.close();
      throw error;
    });
    if (ipv6 !== 'port taken') return ipv6 ? [ipv4, ipv6] : [ipv4];
    await ipv4.close();
  }
}

async function openBeside<T extends Opened>(
  { endpoint }: T,
  open: (at: Endpoint) => Promise<T>,
  isLastResort: boolean,
): Promise<T | 'port taken' | undefined> {
  try {
    return await open({ host: IPV6_LOOPBACK, port: endpoint.port });
  } catch (error) {
    if (NOT_HERE.has(codeOfError(error))) return undefined;
    if (!PORT_TAKEN.has(codeOfError(error))) throw error;
    return isLastResort ? open({ host: IPV6_LOOPBACK, port: 0 }) : 'port taken';
  }
}
