import { isIPv6 } from 'node:net';

/** All addresses of the machine, those of the network too. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
/** Of the same family. */
export function loopbackOf(address: string): string {
  return isIPv6(address) ? '::1' : '127.0.0.1';
}
