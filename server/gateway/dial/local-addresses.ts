import { isIPv6 } from 'node:net';

/** Of the same family. */
export function loopbackOf(address: string): string {
  return isIPv6(address) ? '::1' : '127.0.0.1';
}
