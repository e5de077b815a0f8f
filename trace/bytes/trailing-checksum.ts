import type { ByteCount } from '../../protocol/units.ts';
import { CHECKSUMS, type ChecksumName, checksumOf } from './checksum.ts';

const WIDEST_FIRST = CHECKSUMS.map((name) => ({ name, width: checksumOf(name, new Uint8Array()).length })).sort(
  (one, other) => other.width - one.width,
);

/** `width` bytes at the end are this checksum of those before them. */
export type TrailingChecksum = { readonly name: ChecksumName; readonly width: ByteCount };

/** The widest checksum that the last of these bytes are of those before them; undefined: of none, or fewer than two stand before. */
export function trailingChecksum(bytes: Uint8Array): TrailingChecksum | undefined {
  return WIDEST_FIRST.find(({ name, width }) => {
    const end = bytes.length - width;
    // Of one byte, each repeated byte would have its sum behind it.
    if (end < 2) return false;
    return checksumOf(name, bytes.subarray(0, end)).every((byte, index) => byte === bytes[end + index]);
  });
}
