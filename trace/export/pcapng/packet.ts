import { writeU32 } from '../../../protocol/frame.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import type { WireAddress } from './wire-address.ts';

/** TCP's control bits, RFC 9293 §3.1. */
export const TcpFlag = { FIN: 0x01, SYN: 0x02, RST: 0x04, PSH: 0x08, ACK: 0x10 } as const;

export type Packet = {
  readonly source: WireAddress;
  readonly destination: WireAddress;
  /** RFC 9293 §3.1; undefined for UDP (RFC 768). */
  readonly tcp?: {
    readonly seq: number;
    readonly ack: number;
    readonly flags: number;
    readonly maxSegment?: ByteCount;
  };
  readonly payload: Uint8Array;
};

const ETHERNET_BYTES = 14;
const UDP_BYTES = 8;
const TCP_BYTES = 20;
const MSS_OPTION_BYTES = 4;
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const HOP_LIMIT = 64;
const WINDOW: ByteCount = 65_535;

/** How much `writePacket` will write for a payload of `count` bytes. */
export function packetBytes({ source, tcp }: Pick<Packet, 'source' | 'tcp'>, count: ByteCount): ByteCount {
  return ETHERNET_BYTES + ipHeaderBytes(source) + transportHeaderBytes(tcp) + count;
}
function ipHeaderBytes(address: WireAddress): ByteCount {
  return address.ip.length === 16 ? 40 : 20;
}
function transportHeaderBytes(tcp: Packet['tcp']): ByteCount {
  if (!tcp) return UDP_BYTES;
  return TCP_BYTES + (tcp.maxSegment === undefined ? 0 : MSS_OPTION_BYTES);
}

/** Appends an Ethernet II frame with all of its headers and checksums and returns where the next byte belongs. */
export function writePacket(target: Uint8Array, offset: number, packet: Packet): number {
  const isV6 = packet.source.ip.length === 16;
  writeMac(target, offset, packet.destination);
  writeMac(target, offset + 6, packet.source);
  writeU16(target, offset + 12, isV6 ? 0x86dd : 0x0800);
  const ip = offset + ETHERNET_BYTES;
  const transport = ip + ipHeaderBytes(packet.source);
  const length = transportHeaderBytes(packet.tcp) + packet.payload.length;
  if (isV6) writeIpv6(target, ip, packet, length);
  else writeIpv4(target, ip, packet, length);
  const end = packet.tcp ? writeTcp(target, transport, packet) : writeUdp(target, transport, packet, length);
  const checksum = transportChecksum(target.subarray(transport, end), packet);
  if (packet.tcp) writeU16(target, transport + 16, checksum);
  // Zero means "none was computed" to UDP (RFC 768); the sum's other zero stands for it.
  else writeU16(target, transport + 6, checksum === 0 ? 0xffff : checksum);
  return end;
}

/** Locally administered addresses (IEEE 802 §8.2): `02:00:00:00` and the port, so that the two ends differ. */
function writeMac(target: Uint8Array, offset: number, { port }: WireAddress): void {
  writeU32(target, offset, 0x0200_0000);
  writeU16(target, offset + 4, port);
}

/** RFC 791 §3.1: no options, don't fragment. */
function writeIpv4(target: Uint8Array, at: number, { source, destination, tcp }: Packet, length: ByteCount): void {
  writeU16(target, at, 0x4500);
  writeU16(target, at + 2, 20 + length);
  writeU16(target, at + 6, 0x4000);
  target[at + 8] = HOP_LIMIT;
  target[at + 9] = tcp ? PROTOCOL_TCP : PROTOCOL_UDP;
  target.set(source.ip, at + 12);
  target.set(destination.ip, at + 16);
  writeU16(target, at + 10, complement(sumWords(target.subarray(at, at + 20))));
}

/** RFC 8200 §3: no extension headers, no flow label. */
function writeIpv6(target: Uint8Array, at: number, { source, destination, tcp }: Packet, length: ByteCount): void {
  writeU32(target, at, 0x6000_0000);
  writeU16(target, at + 4, length);
  target[at + 6] = tcp ? PROTOCOL_TCP : PROTOCOL_UDP;
  target[at + 7] = HOP_LIMIT;
  target.set(source.ip, at + 8);
  target.set(destination.ip, at + 24);
}

function writeTcp(target: Uint8Array, at: number, { source, destination, tcp, payload }: Packet): number {
  const header = transportHeaderBytes(tcp);
  writeU16(target, at, source.port);
  writeU16(target, at + 2, destination.port);
  writeU32(target, at + 4, tcp?.seq ?? 0);
  writeU32(target, at + 8, tcp?.ack ?? 0);
  target[at + 12] = (header / 4) << 4;
  target[at + 13] = tcp?.flags ?? 0;
  writeU16(target, at + 14, WINDOW);
  if (tcp?.maxSegment !== undefined) {
    writeU16(target, at + 20, 0x0204);
    writeU16(target, at + 22, tcp.maxSegment);
  }
  target.set(payload, at + header);
  return at + header + payload.length;
}

function writeUdp(target: Uint8Array, at: number, packet: Packet, length: ByteCount): number {
  writeU16(target, at, packet.source.port);
  writeU16(target, at + 2, packet.destination.port);
  writeU16(target, at + 4, length);
  target.set(packet.payload, at + UDP_BYTES);
  return at + length;
}

/** Over the pseudo header (RFC 9293 §3.1, RFC 8200 §8.1) and the segment, whose own checksum field is still zero. */
function transportChecksum(segment: Uint8Array, { source, destination, tcp }: Packet): number {
  const pseudo = sumWords(source.ip) + sumWords(destination.ip) + (tcp ? PROTOCOL_TCP : PROTOCOL_UDP) + segment.length;
  return complement(pseudo + sumWords(segment));
}

/** RFC 1071: big-endian 16-bit words, an odd last byte padded with zero; the carries are still in it. */
function sumWords(bytes: Uint8Array): number {
  let sum = 0;
  const even = bytes.length & ~1;
  for (let index = 0; index < even; index += 2) {
    sum += ((bytes[index] as number) << 8) | (bytes[index + 1] as number);
  }
  return even < bytes.length ? sum + ((bytes[even] as number) << 8) : sum;
}
function complement(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
}

export function writeU16(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 8;
  target[offset + 1] = value;
}
