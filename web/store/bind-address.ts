import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../protocol/messages/options.ts';

export type ConnectKind = 'tcp' | 'udp' | 'unix';

/** Where a datagram socket is bound: a wildcard and any port, unless asked otherwise. */
export function anyAddress(target: string, options: SocketOptions = {}): Endpoint {
  return { host: options.localHost ?? (target.includes(':') ? '::' : '0.0.0.0'), port: options.localPort ?? 0 };
}
/** What of a local address is asked for, if any is. */
export function bindOf(kind: ConnectKind, target: string, options: SocketOptions = {}): Partial<Endpoint> | undefined {
  if (kind === 'udp') return anyAddress(target, options);
  const { localHost: host, localPort: port } = options;
  if (kind === 'unix' || (host === undefined && port === undefined)) return undefined;
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
}
