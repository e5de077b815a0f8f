import { isIPv6 } from 'node:net';

/** RFC 6761 §6.3: stands for loopback, whatever name servers say. */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}
export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
/** All addresses of the machine, those of the network too. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
/** Of the same family. */
export function loopbackOf(address: string): string {
  return isIPv6(address) ? '::1' : '127.0.0.1';
}
