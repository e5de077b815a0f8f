import { hostname } from 'node:os';
import { formatEndpoint, isHostName, isIpv4 } from '../../protocol/target.ts';
import type { Port } from '../../protocol/units.ts';

export type DoorOptions = {
  readonly host: string;
  readonly hostNames: readonly string[];
  readonly origins: readonly string[];
  /** The machine's addresses as they are now: by each the page is reached where it is served on all of them. */
  readonly ownAddresses: () => Iterable<string>;
};

/** By which names the page may be reached, exactly: a name that somebody else points here is not one of them. */
export class AllowedHosts {
  readonly #names: ReadonlySet<string>;
  readonly #ownAddresses: () => Iterable<string>;
  readonly #origins: ReadonlySet<string>;
  /** As Host headers spell them. */
  readonly #originHosts: ReadonlySet<string>;
  #port: Port | undefined;

  constructor({ host, hostNames, origins, ownAddresses }: DoorOptions) {
    const isWildcard = host === '0.0.0.0' || host === '::';
    const own = isWildcard ? [hostname().toLowerCase()] : [host.toLowerCase()];
    this.#names = new Set(['localhost', '127.0.0.1', '::1', ...own, ...hostNames]);
    this.#ownAddresses = isWildcard ? ownAddresses : () => [];
    this.#origins = new Set(origins);
    this.#originHosts = new Set(origins.map((origin) => new URL(origin).host));
  }

  /** The port that the page is served on; undefined until it is. */
  get port(): Port | undefined {
    return this.#port;
  }
  /** Call when the port is known: until then nobody is let in. */
  open(port: Port): void {
    this.#port = port;
  }

  readonly isHostAllowed = (host: string | undefined): boolean => {
    if (host === undefined || this.#port === undefined) return false;
    const asked = host.toLowerCase();
    return this.#originHosts.has(asked) || this.#isOurs(asked, this.#port);
  };
  /** An origin is compared as it stands: browsers write it in one way only (RFC 6454 §6.2). */
  readonly isOriginAllowed = (origin: string | undefined): boolean => {
    if (origin === undefined || this.#port === undefined) return false;
    if (this.#origins.has(origin)) return true;
    return origin.startsWith('http://') && this.#isOurs(origin.slice('http://'.length), this.#port);
  };

  /** What the server would have to be started with to let this Host in; undefined: nothing, for it is no name. */
  readonly optionForHost = (host: string | undefined): string | undefined => {
    const [, name = '', port] = /^([^:]+)(?::(\d{1,5}))?$/.exec(host?.toLowerCase() ?? '') ?? [];
    if (!isHostName(name) && !isIpv4(name)) return undefined;
    if (isHostName(name) && Number(port ?? 80) === this.#port) return `--host-name ${name}`;
    // No port is HTTPS's, through a reverse proxy; another one than ours has been mapped to it.
    return port === undefined ? `--origin https://${name}` : `--origin http://${name}:${port}`;
  };
  /** The same for an Origin. */
  readonly optionForOrigin = (origin: string | undefined): string | undefined => {
    const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined;
    const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.origin === origin;
    return isOrigin ? `--origin ${origin}` : undefined;
  };

  #isOurs(host: string, port: Port): boolean {
    for (const names of [this.#names, this.#ownAddresses()]) {
      for (const name of names) {
        const withPort = formatEndpoint(name, port);
        if (host === withPort || (port === 80 && `${host}:80` === withPort)) return true;
      }
    }
    return false;
  }
}
