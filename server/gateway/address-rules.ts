import { BlockList, isIPv6 } from 'node:net';
import type { Port } from '../../protocol/units.ts';

type Subnet = readonly [network: string, prefix: number];

// IANA special-purpose registries (RFC 6890 and its updates): nothing of the public Internet lives there.
const SPECIAL_IPV4: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
// Within 2000::/3; all else is refused already. Teredo and 6to4 carry IPv4 addresses inside.
const SPECIAL_IPV6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];
/** Cloud metadata services: never, whatever a list says. */
const METADATA: readonly string[] = ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];
/** Mail submission and transfer: what an open gateway would be abused for. */
const DENIED_PORTS: ReadonlySet<Port> = new Set([0, 25, 465, 587]);

const special = blockList(SPECIAL_IPV4, SPECIAL_IPV6);
const global = blockList([], [['2000::', 3]]);
const loopback = blockList([['127.0.0.0', 8]], [['::1', 128]]);

function blockList(ipv4: readonly Subnet[], ipv6: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ipv4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ipv6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
/** IPv4 addresses written as IPv6 (::ffff:a.b.c.d) are not loopback here: they are refused as what they are. */
export function isLoopback(address: string): boolean {
  return !isMapped(address) && loopback.check(address, familyOf(address));
}
export function isMetadata(address: string): boolean {
  return METADATA.includes(address.toLowerCase());
}
export function isPublic(address: string): boolean {
  if (isIPv6(address)) return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return !special.check(address, 'ipv4');
}
export function isDeniedPort(port: Port): boolean {
  return DENIED_PORTS.has(port);
}
/** ::/96 and ::ffff:0:0/96 (RFC 4291 §2.5.5): an IPv4 address in disguise. */
const mapped = blockList([], [['::ffff:0:0', 96]]);
export function isMapped(address: string): boolean {
  return isIPv6(address) && /^::(ffff:)/i.test(address) && mapped.check(address, 'ipv6');
}
