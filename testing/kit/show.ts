import type { ByteCount } from '../../protocol/units.ts';
import { formatEscapes } from '../../trace/bytes/escapes.ts';
import { areEqual, firstDifference } from '../../trace/bytes/first-difference.ts';
import { formatHexDumpRow } from '../../trace/bytes/format-hex-dump.ts';

const SHOWN: ByteCount = 96;
/** Before the first difference: what a reader finds the place by. */
const CONTEXT: ByteCount = 32;
const ROW: ByteCount = 16;
const ROWS_MAX = 12;

/** In quotes, as escapes: a line to read. `from`: what stands before is left out. */
export function show(bytes: Uint8Array, from: ByteCount = 0): string {
  const part = bytes.subarray(from, from + SHOWN);
  const before = from > 0 ? '…' : '';
  const after = from + part.length < bytes.length ? '…' : '';
  const size = before || after ? ` (${bytes.length} bytes)` : '';
  return `'${before}${formatEscapes(part)}${after}'${size}`;
}

/** Expected, received, and where they differ. `start`: the offset of both in the stream. */
export function showDifference(wanted: Uint8Array, got: Uint8Array, start: ByteCount = 0): string {
  const at = firstDifference(wanted, got);
  const from = Math.max(0, at - CONTEXT);
  const lines = [`  expected: ${show(wanted, from)}`, `  received: ${show(got, from)}`];
  if (at < wanted.length && at < got.length) lines.push(`  first difference at byte ${start + at}`);
  else if (at < wanted.length) lines.push(`  nothing more has come: ${at} of ${wanted.length} bytes are there`);
  else if (at < got.length) lines.push(`  ${got.length - at} bytes too many, from byte ${start + at} on`);
  return lines.join('\n');
}

/** Hex dumps of both, beginning with the row before the first difference; rows that differ are marked. */
export function showDumps(wanted: Uint8Array, got: Uint8Array): string {
  const at = firstDifference(wanted, got);
  const first = Math.max(0, Math.floor(at / ROW) - 1) * ROW;
  return [...dump('expected', wanted, got, first), ...dump('received', got, wanted, first)].join('\n');
}

function dump(name: string, bytes: Uint8Array, other: Uint8Array, first: ByteCount): string[] {
  const lines = [`${name}, ${bytes.length} bytes:`];
  for (let row = 0; row < ROWS_MAX; row += 1) {
    const offset = first + row * ROW;
    const part = bytes.subarray(offset, offset + ROW);
    if (part.length === 0) break;
    const mark = areEqual(part, other.subarray(offset, offset + ROW)) ? ' ' : '>';
    lines.push(`${mark} ${formatHexDumpRow(part, offset)}`);
  }
  return lines;
}
