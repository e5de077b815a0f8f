import { writeU32 } from '../../../protocol/frame.ts';
import type { ByteCount, Microseconds } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { writeU16 } from './packet.ts';

/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng §3), big-endian, each padded to 32 bits:
 *
 *     0      4        8                 length - 4
 *     +------+--------+------ - - ------+--------+
 *     | type | length | body            | length |     options: code u16 | length u16 | value, padded
 *     +------+--------+------ - - ------+--------+
 */
const BlockType = { SectionHeader: 0x0a0d_0d0a, InterfaceDescription: 1, EnhancedPacket: 6 } as const;
const OPTION_COMMENT = 1;
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const LINKTYPE_ETHERNET = 1;
const MICROSECOND_EXPONENT = 6;

type Option = { readonly code: number; readonly value: Uint8Array };

const SECTION_OPTIONS: readonly Option[] = [
  {
    code: OPTION_COMMENT,
    value: encodeUtf8(
      'Made from system calls, not captured from a network: bytes, their order and times are as measured; headers are made up. Packets whose comment begins with "inferred" were not seen.',
    ),
  },
  { code: SHB_USERAPPL, value: encodeUtf8('Socket Playground') },
];
const INTERFACE_OPTIONS: readonly Option[] = [
  { code: IF_NAME, value: encodeUtf8('playground') },
  { code: IF_DESCRIPTION, value: encodeUtf8('sockets of one Socket Playground page') },
  { code: IF_TSRESOL, value: Uint8Array.of(MICROSECOND_EXPONENT) },
];

const SECTION_BYTES = 28 + optionsBytes(SECTION_OPTIONS);
const INTERFACE_BYTES = 20 + optionsBytes(INTERFACE_OPTIONS);
/** Section Header and Interface Description. */
export const PREAMBLE_BYTES: ByteCount = SECTION_BYTES + INTERFACE_BYTES;
const ENHANCED_PACKET_BYTES = 32;

export function writePreamble(file: Uint8Array): number {
  writeBlock(file, 0, BlockType.SectionHeader, SECTION_BYTES);
  writeU32(file, 8, 0x1a2b_3c4d);
  writeU16(file, 12, 1);
  writeU16(file, 14, 0);
  // The section's length: not given.
  file.fill(0xff, 16, 24);
  writeOptions(file, 24, SECTION_OPTIONS);
  writeBlock(file, SECTION_BYTES, BlockType.InterfaceDescription, INTERFACE_BYTES);
  writeU16(file, SECTION_BYTES + 8, LINKTYPE_ETHERNET);
  // SnapLen 0: no packet is cut.
  writeU32(file, SECTION_BYTES + 12, 0);
  writeOptions(file, SECTION_BYTES + 16, INTERFACE_OPTIONS);
  return PREAMBLE_BYTES;
}

export type EnhancedPacket = {
  /** Since 1970. */
  readonly at: Microseconds;
  readonly length: ByteCount;
  readonly comment: string | undefined;
  /** Writes exactly `length` bytes. */
  readonly write: (target: Uint8Array, offset: number) => void;
};

export function enhancedPacketBytes(length: ByteCount, comment: string | undefined): ByteCount {
  return ENHANCED_PACKET_BYTES + padded(length) + optionsBytes(commentOptions(comment));
}

/** Returns where the next block belongs. */
export function writeEnhancedPacket(file: Uint8Array, offset: number, packet: EnhancedPacket): number {
  const size = enhancedPacketBytes(packet.length, packet.comment);
  writeBlock(file, offset, BlockType.EnhancedPacket, size);
  writeU32(file, offset + 8, 0);
  writeU32(file, offset + 12, Math.floor(packet.at / 0x1_0000_0000));
  writeU32(file, offset + 16, packet.at >>> 0);
  writeU32(file, offset + 20, packet.length);
  writeU32(file, offset + 24, packet.length);
  packet.write(file, offset + 28);
  writeOptions(file, offset + 28 + padded(packet.length), commentOptions(packet.comment));
  return offset + size;
}

function writeBlock(file: Uint8Array, offset: number, type: number, size: ByteCount): void {
  writeU32(file, offset, type);
  writeU32(file, offset + 4, size);
  writeU32(file, offset + size - 4, size);
}

/** The comments of a capture are few, and its packets are many. */
const optionsOfComment = new Map<string, readonly Option[]>();
const COMMENTS_KEPT = 64;

function commentOptions(comment: string | undefined): readonly Option[] {
  if (comment === undefined) return [];
  const known = optionsOfComment.get(comment);
  if (known) return known;
  const options = [{ code: OPTION_COMMENT, value: encodeUtf8(comment) }];
  if (optionsOfComment.size < COMMENTS_KEPT) optionsOfComment.set(comment, options);
  return options;
}
/** With the end-of-options mark, which is all zeros and left out where there are no options. */
function optionsBytes(options: readonly Option[]): ByteCount {
  return options.reduce((sum, { value }) => sum + 4 + padded(value.length), options.length === 0 ? 0 : 4);
}
function writeOptions(file: Uint8Array, start: number, options: readonly Option[]): void {
  let offset = start;
  for (const { code, value } of options) {
    writeU16(file, offset, code);
    writeU16(file, offset + 2, value.length);
    file.set(value, offset + 4);
    offset += 4 + padded(value.length);
  }
}
function padded(length: ByteCount): ByteCount {
  return (length + 3) & ~3;
}
