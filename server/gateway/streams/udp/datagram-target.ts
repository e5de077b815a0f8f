import { isLoopbackHost } from '../../../../protocol/loopback.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { Environment } from '../environment.ts';
import type { StreamHost } from '../stream-host.ts';

type Tab = Pick<StreamHost['tab'], 'ports' | 'destinations'>;

/**
 * Where a datagram for `to` goes, by policy, names and the session's own ports. Undefined: to nobody, of which UDP tells the sender
 * nothing unless it is connected; no datagram leaves. @throws {PlaygroundError} what Dialler.resolve throws
 */
export async function datagramTarget(
  dialler: Environment['dialler'],
  { ports, destinations }: Tab,
  { host, port }: Endpoint,
  family: 4 | 6,
): Promise<Endpoint | undefined> {
  const target = isLoopbackHost(host) ? (ports.realPort('udp', port) ?? port) : port;
  try {
    const [{ address }] = await dialler.resolve(destinations, { transport: 'udp', host, port: target, family });
    return { host: address, port: target };
  } catch (error) {
    if (!(await dialler.isNobodys(error, host, target))) throw error;
    return undefined;
  }
}
