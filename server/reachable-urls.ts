import type { NetworkInterfaceInfo } from 'node:os';
import { isLoopbackHost, isWildcard } from '../protocol/loopback.ts';
import { formatEndpoint } from '../protocol/target.ts';
import type { Port } from '../protocol/units.ts';
import { isLinkLocal } from './gateway/dial/address-rules.ts';

export type ReachableOptions = {
  readonly host: string;
  readonly port: Port;
  readonly hostNames: readonly string[];
  readonly origins: readonly string[];
  /** As `os.networkInterfaces()` returns them. */
  readonly interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
};

/** Whether other machines can connect to what listens at this address or name. */
export function isBeyondLoopback(host: string): boolean {
  return !isLoopbackHost(host.toLowerCase());
}

/** Where the person who started it opens the page. */
export function localUrl(host: string, port: Port): string {
  return urlOf(isWildcard(host) ? 'localhost' : host, port);
}

/**
 * What to hand out to others, nearest to memory first: names, then addresses. Link-local addresses need a zone, which no
 * URL has (RFC 6874 was withdrawn), and are left out.
 */
export function urlsToHandOut({ host, port, hostNames, origins, interfaces }: ReachableOptions): string[] {
  const proxied = origins.map((origin) => `${origin}/`);
  if (!isBeyondLoopback(host)) return proxied;
  const named = [...proxied, ...hostNames.map((name) => urlOf(name, port))];
  if (!isWildcard(host)) return [...named, urlOf(host, port)];
  const addresses = Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .filter(
      ({ family, internal, address }) => !internal && !isLinkLocal(address) && (family === 'IPv4' || host === '::'),
    );
  return [...named, ...addresses.map(({ address }) => urlOf(address, port))];
}

function urlOf(host: string, port: Port): string {
  return `http://${formatEndpoint(host, port)}/`;
}
