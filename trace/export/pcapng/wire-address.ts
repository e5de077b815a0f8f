import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { isIpv4, isIpv6 } from '../../../protocol/target.ts';
import type { ByteCount, Port } from '../../../protocol/units.ts';
import type { RecordedSocket } from '../recording.ts';

/** An address as it stands in an IP header (4 or 16 bytes), and the port beside it. */
export type WireAddress = { readonly ip: Uint8Array; readonly port: Port };
/** Both ends of one flow, of one family. `isMadeUp`: the recording did not tell one of them. */
export type WirePair = { readonly local: WireAddress; readonly peer: WireAddress; readonly isMadeUp: boolean };

const LOOPBACK_4 = Uint8Array.of(127, 0, 0, 1);
const LOOPBACK_6 = parseIpv6('::1');
// Addresses set aside for documentation (RFC 5737, RFC 3849): they are of no host, so no reader takes them for a real one.
const UNKNOWN_4 = Uint8Array.of(192, 0, 2, 1);
const UNKNOWN_6 = parseIpv6('2001:db8::1');
/** The dynamic ports (RFC 6335 §6). */
const EPHEMERAL_FIRST: Port = 49_152;
const EPHEMERAL_COUNT = 16_384;
/** Unix sockets have no ports; this one is never a service's. */
const UNIX_PORT: Port = 65_535;

/** The two addresses to write into the made-up headers of one socket's packets. */
export function wirePair(socket: RecordedSocket, remote: Endpoint | undefined = socket.remote): WirePair {
  const ephemeral = EPHEMERAL_FIRST + (socket.id % EPHEMERAL_COUNT);
  if (socket.kind === 'unix') {
    const local = { ip: LOOPBACK_4, port: ephemeral };
    return { local, peer: { ip: LOOPBACK_4, port: UNIX_PORT }, isMadeUp: true };
  }
  const peerIp = remote && parseIp(remote.host);
  const localIp = socket.local && parseIp(socket.local.host);
  const isV6 = (peerIp ?? localIp)?.length === 16;
  const peer = { ip: peerIp ?? (isV6 ? UNKNOWN_6 : UNKNOWN_4), port: remote?.port ?? UNIX_PORT };
  const isKnown = localIp !== undefined && localIp.length === peer.ip.length && localIp.some((byte) => byte !== 0);
  const local = { ip: isKnown ? localIp : localFor(peer.ip), port: socket.local?.port || ephemeral };
  return { local, peer, isMadeUp: !isKnown || !peerIp || !socket.local?.port };
}

/**
 * The most TCP carries in one segment on this flow. Linux's loopback has an MTU of 65,536, but an IPv4 packet's length
 * field ends at 65,535: 65,495 with 20 bytes of IP and 20 of TCP. Elsewhere Ethernet's 1,500.
 */
export function maxSegment({ local, peer }: WirePair): ByteCount {
  const isV6 = peer.ip.length === 16;
  const isLocal = isLoopback(peer.ip) && isLoopback(local.ip);
  if (isV6) return (isLocal ? 65_536 : 1_500) - 60;
  return (isLocal ? 65_535 : 1_500) - 40;
}

/** 4 or 16 bytes; undefined for what is no literal. An IPv4 address mapped into IPv6 is the IPv4 address. */
function parseIp(host: string): Uint8Array | undefined {
  if (isIpv4(host)) return Uint8Array.from(host.split('.'), Number);
  const bare = host.replace(/%.*$/, '');
  if (!isIpv6(bare)) return undefined;
  const ip = parseIpv6(bare);
  const isMapped = ip.subarray(0, 10).every((byte) => byte === 0) && ip[10] === 0xff && ip[11] === 0xff;
  return isMapped ? ip.subarray(12) : ip;
}

/** RFC 4291 §2.2; the text has been checked. */
function parseIpv6(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const before = groupBytes(head);
  const after = groupBytes(tail ?? '');
  const ip = new Uint8Array(16);
  ip.set(before);
  ip.set(after, 16 - after.length);
  return ip;
}
function groupBytes(half: string): number[] {
  if (half === '') return [];
  return half.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const word = Number.parseInt(group, 16);
    return [word >>> 8, word & 0xff];
  });
}

function isLoopback(ip: Uint8Array): boolean {
  if (ip.length === 4) return ip[0] === 127;
  return ip.every((byte, index) => byte === LOOPBACK_6[index]);
}
function localFor(peer: Uint8Array): Uint8Array {
  const isV6 = peer.length === 16;
  if (isLoopback(peer)) return isV6 ? LOOPBACK_6 : LOOPBACK_4;
  return isV6 ? UNKNOWN_6 : UNKNOWN_4;
}
