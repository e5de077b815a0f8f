import type { ByteCount } from '../../protocol/units.ts';
import { toHex } from './hex.ts';

const ROW_BYTES: ByteCount = 16;
const HALF_BYTES: ByteCount = 8;
/** 16 pairs, a blank between pairs and one more between the halves. */
const HEX_COLUMNS = 16 * 3;

/**
 * What `hexdump -C` (util-linux) prints, byte for byte: rows of 16, a row like the one before squeezed to `*`, the length
 * on the last line; nothing at all for no bytes.
 */
export function formatHexDump(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  let text = '';
  let isSqueezing = false;
  for (let start = 0; start < bytes.length; start += ROW_BYTES) {
    if (repeatsRowBefore(bytes, start)) {
      if (!isSqueezing) text += '*\n';
      isSqueezing = true;
    } else {
      text += `${formatHexDumpRow(bytes.subarray(start, start + ROW_BYTES), start)}\n`;
      isSqueezing = false;
    }
  }
  return `${text}${formatOffset(bytes.length)}\n`;
}

/** One row of at most 16 bytes, without its line end: offset, pairs in two halves, ASCII between bars. */
export function formatHexDumpRow(row: Uint8Array, offset: ByteCount): string {
  const left = toHex(row.subarray(0, HALF_BYTES), ' ');
  const right = toHex(row.subarray(HALF_BYTES), ' ');
  const pairs = right === '' ? left : `${left}  ${right}`;
  return `${formatOffset(offset)}  ${pairs.padEnd(HEX_COLUMNS)}  |${toPrintable(row)}|`;
}

function formatOffset(offset: ByteCount): string {
  return offset.toString(16).padStart(8, '0');
}

/** ASCII from space to tilde as it is, all else a dot. */
function toPrintable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
}

/** A row that is cut short by the end is never squeezed. */
function repeatsRowBefore(bytes: Uint8Array, start: ByteCount): boolean {
  if (start === 0 || start + ROW_BYTES > bytes.length) return false;
  for (let index = start; index < start + ROW_BYTES; index += 1) {
    if (bytes[index] !== bytes[index - ROW_BYTES]) return false;
  }
  return true;
}
