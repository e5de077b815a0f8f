import { isIPv4 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { isWildcard } from '../protocol/loopback.ts';
import { isLinkLocal } from './gateway/dial/address-rules.ts';

/** As `os.networkInterfaces()` returns them. */
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Where the lab servers listen besides loopback. The wildcard address stands for all addresses of the interfaces: bound itself, it would
 * leave no port for loopback's own sockets, whose peers are told apart by it.
 */
export function labAddresses(asked: readonly string[], interfaces: Interfaces): string[] {
  const all = Object.values(interfaces)
    .flatMap((some) => some ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address);
  const meant = asked.flatMap((address) =>
    isWildcard(address) ? all.filter((one) => address === '::' || isIPv4(one)) : [address],
  );
  return [...new Set(meant)];
}
