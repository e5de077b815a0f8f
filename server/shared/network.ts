import { isIPv6 } from 'node:net';

const GROUPS_OF_A_NETWORK = 4;

/**
 * What is counted as one address: an IPv4 address, or the /64 of an IPv6 one, of which whoever has one address has all
 * (RFC 4291 §2.5.4). An IPv4 address in IPv6's clothes (::ffff:192.0.2.1) is that IPv4 address.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const [left = '', right] = bare.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right ? right.split(':') : [];
  // An IPv4 address at the end stands for two groups.
  const written = head.length + tail.length + (bare.includes('.') ? 1 : 0);
  const zeros = right === undefined ? 0 : 8 - written;
  const groups = [...head, ...new Array<string>(zeros).fill('0'), ...tail];
  const network = groups.slice(0, GROUPS_OF_A_NETWORK).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
