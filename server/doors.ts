import { hostname, networkInterfaces } from 'node:os';
import { formatEndpoint } from '../protocol/target.ts';
import type { Port } from '../protocol/units.ts';

export type DoorOptions = {
  readonly host: string;
  readonly hostNames: readonly string[];
  readonly origins: readonly string[];
};

/** By which names the page may be reached, exactly: a name that somebody else points here is not one of them. */
export class Doors {
  readonly #names: readonly string[];
  readonly #origins: readonly string[];
  #hosts: ReadonlySet<string> = new Set();
  #allowedOrigins: ReadonlySet<string> = new Set();

  constructor({ host, hostNames, origins }: DoorOptions) {
    const isWildcard = host === '0.0.0.0' || host === '::';
    const own = isWildcard ? [...ownAddresses(), hostname().toLowerCase()] : [host];
    this.#names = [...new Set(['localhost', '127.0.0.1', '::1', ...own, ...hostNames])];
    this.#origins = origins;
  }

  /** Call when the port is known: until then nobody is let in. */
  open(port: Port): void {
    const hosts = this.#names.flatMap((name) => {
      const withPort = formatEndpoint(name, port);
      return port === 80 ? [withPort, withPort.replace(/:80$/, '')] : [withPort];
    });
    this.#hosts = new Set([...hosts, ...this.#origins.map((origin) => new URL(origin).host)]);
    this.#allowedOrigins = new Set([...hosts.map((host) => `http://${host}`), ...this.#origins]);
  }

  readonly isHostAllowed = (host: string | undefined): boolean =>
    host !== undefined && this.#hosts.has(host.toLowerCase());
  readonly isOriginAllowed = (origin: string | undefined): boolean =>
    origin !== undefined && this.#allowedOrigins.has(origin);
}

export function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address));
}
