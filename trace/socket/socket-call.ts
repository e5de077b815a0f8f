import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { SocketKind } from '../socket.ts';

/** What socket(2) was given for a socket at such an address, or towards one; empty where a name does not tell the family. */
export function socketArguments(kind: SocketKind, { host }: Pick<Endpoint, 'host'>): string {
  if (kind === 'unix') return 'AF_UNIX, SOCK_STREAM';
  const family = host.includes(':') ? 'AF_INET6' : /^[0-9.]+$/.test(host) ? 'AF_INET' : undefined;
  if (family === undefined) return '';
  return `${family}, ${kind === 'udp' ? 'SOCK_DGRAM' : 'SOCK_STREAM'}`;
}
