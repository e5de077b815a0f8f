import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net';
import type { Port } from '../../../protocol/units.ts';

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
// Within 2000::/3; all else is refused already.
const SPECIAL_IPV6: readonly Subnet[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];
/** Nobody in particular, or everybody: on Linux a connect(2) to 0.0.0.0 or :: arrives at loopback. */
const NOBODY: readonly Subnet[] = [
  ['0.0.0.0', 8],
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
];
const NOBODY_IPV6: readonly Subnet[] = [
  ['::', 128],
  ['ff00::', 8],
];
/** Metadata services of clouds: they give this machine's secrets to any program that runs on it. */
const METADATA: readonly Subnet[] = [
  ['100.100.100.200', 32], // Alibaba
  ['168.63.129.16', 32], // Azure's WireServer
  ['169.254.0.23', 32], // Tencent
  ['169.254.42.42', 32], // Scaleway
  ['169.254.169.0', 24], // all others: .254, and AWS's resolver and clock beside it
  ['169.254.170.0', 24], // credentials of AWS's containers
  ['192.0.0.192', 32], // Oracle, before 169.254.169.254
];
const METADATA_IPV6: readonly Subnet[] = [
  ['fd00:42::42', 128], // Scaleway
  ['fd00:a9fe:a9fe::', 48], // Akamai (Linode)
  ['fd00:c1::a9fe:a9fe', 128], // Oracle
  ['fd00:ec2::', 32], // AWS
  ['fd20:ce::', 32], // Google
  ['fe80::a9fe:a9fe', 128], // OpenStack, IBM
];
/** IPv4 addresses within IPv6 ones: what they lead to is not what a list of IPv4 addresses would be compared with. */
const DISGUISED: readonly Subnet[] = [
  ['::', 96], // IPv4-compatible, RFC 4291 §2.5.5.1; ::1 is none of them
  ['::ffff:0:0', 96], // IPv4-mapped, RFC 4291 §2.5.5.2
  ['::ffff:0:0:0', 96], // IPv4-translated, RFC 2765
  ['64:ff9b::', 96], // NAT64, RFC 6052
  ['64:ff9b:1::', 48], // NAT64, RFC 8215
  ['2001::', 32], // Teredo, RFC 4380
  ['2002::', 16], // 6to4, RFC 3056
];
/** Mail submission and transfer: what an open gateway would be abused for. */
const DENIED_PORTS: ReadonlySet<Port> = new Set([0, 25, 465, 587]);

const special = blockList(SPECIAL_IPV4, SPECIAL_IPV6);
const global = blockList([], [['2000::', 3]]);
const linkLocal = blockList([['169.254.0.0', 16]], [['fe80::', 10]]);
const never = blockList([...NOBODY, ...METADATA], [...NOBODY_IPV6, ...METADATA_IPV6]);
const disguised = blockList([], DISGUISED);

function blockList(ipv4: readonly Subnet[], ipv6: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ipv4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ipv6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

/** Which addresses are in the block, of its own family only: a BlockList takes IPv4 for what `::ffff:0:0/96` has. */
export function blockOf(network: string, prefix: number): (address: string) => boolean {
  const family = familyOf(network);
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return (address) => familyOf(address) === family && list.check(address, family);
}
/** Every address of the block is an IPv4 one within IPv6: none of them is ever dialled. */
export function isDisguisedBlock(network: string, prefix: number): boolean {
  const holds = ([hidden, bits]: Subnet): boolean => prefix >= bits && blockOf(hidden, bits)(network);
  return isIPv6(network) && !(prefix === 128 && network === '::1') && DISGUISED.some(holds);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
/** The one spelling of an address that texts are compared in (RFC 5952); undefined for what is none, or has a zone. */
export function canonicalAddress(address: string): string | undefined {
  if (isIP(address) === 0 || address.includes('%')) return undefined;
  return new SocketAddress({ address, family: familyOf(address) }).address;
}
export function isLinkLocal(address: string): boolean {
  return linkLocal.check(address, familyOf(address));
}
/** What no list can allow. */
export function isNever(address: string): boolean {
  return isDisguised(address) || never.check(address, familyOf(address));
}
export function isPublic(address: string): boolean {
  if (isIPv6(address)) return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return !special.check(address, 'ipv4');
}
export function isDeniedPort(port: Port): boolean {
  return DENIED_PORTS.has(port);
}
function isDisguised(address: string): boolean {
  return isIPv6(address) && address !== '::1' && disguised.check(address, 'ipv6');
}
