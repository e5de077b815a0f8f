import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { decodeUtf8, decodeUtf8Lenient } from '../../../protocol/utf8.ts';
import { toBase64 } from '../../../trace/bytes/base64.ts';
import { formatCArray } from '../../../trace/bytes/c-array.ts';
import { formatHexDump } from '../../../trace/bytes/format-hex-dump.ts';
import type { Direction, TraceEvent } from '../../../trace/event.ts';
import type { StreamSource } from './stream-lines.ts';

export const COPY_FORMATS = ['text', 'hexdump', 'base64', 'python', 'c', 'json'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];
export const COPY_SCOPES = ['both', 'sent', 'received'] as const;
export type CopyScope = (typeof COPY_SCOPES)[number];

/** A clipboard that takes more than this takes its time; more is for a file. */
export const COPY_LIMIT: ByteCount = 4 * 1_048_576;

/** Bytes that went one way before any went the other. */
type Run = { readonly direction: Direction; readonly offset: ByteCount; readonly bytes: Uint8Array };

export function copiedBytes(source: StreamSource, scope: CopyScope): ByteCount {
  const sent = scope === 'received' ? 0 : source.sent.length;
  return sent + (scope === 'sent' ? 0 : source.received.length);
}

/** One direction as its bytes alone; both as runs in their order, each with its direction. */
export function copyStream(source: StreamSource, scope: CopyScope, format: CopyFormat): string {
  if (format === 'json') return runsAsJson(runsOf(source, scope));
  if (scope !== 'both') return bytesAs(format, source[scope].slice(0, source[scope].length), scope);
  const runs = runsOf(source, scope);
  if (format === 'python') return pythonList(runs);
  return runs
    .map(({ direction, bytes }, index) => {
      if (format === 'c') return bytesAs(format, bytes, `${direction}_${index}`);
      return `${direction} ${bytes.length} B\n${bytesAs(format, bytes, direction).trimEnd()}\n`;
    })
    .join('\n');
}

/** The bytes as they are: of both directions in the order in which they went. */
export function rawBytes(source: StreamSource, scope: CopyScope): Uint8Array<ArrayBuffer>[] {
  return runsOf(source, scope).map(({ bytes }) => new Uint8Array(bytes));
}

function bytesAs(format: Exclude<CopyFormat, 'json'>, bytes: Uint8Array, name: string): string {
  switch (format) {
    case 'text':
      return decodeUtf8Lenient(bytes);
    case 'hexdump':
      return formatHexDump(bytes);
    case 'base64':
      return toBase64(bytes);
    case 'python':
      return pythonBytesRepr(bytes);
    case 'c':
      return formatCArray(bytes, name);
  }
}

function pythonList(runs: readonly Run[]): string {
  const items = runs.map(({ direction, bytes }) => `    ('${direction}', ${pythonBytesRepr(bytes)}),\n`);
  return `[\n${items.join('')}]\n`;
}

function runsAsJson(runs: readonly Run[]): string {
  const items = runs.map(({ direction, offset, bytes }) => {
    const text = tryText(bytes);
    return { direction, offset, count: bytes.length, ...(text === undefined ? {} : { text }), base64: toBase64(bytes) };
  });
  return `${JSON.stringify(items, null, 2)}\n`;
}
/** Undefined where the bytes are not UTF-8 as a whole: Base64 alone then says what they are. */
function tryText(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch {
    return undefined;
  }
}

function runsOf(source: StreamSource, scope: CopyScope): Run[] {
  const runs: { direction: Direction; offset: ByteCount; count: ByteCount }[] = [];
  for (let index = 0; index < source.log.length(); index += 1) {
    const { end, direction, offset, count } = source.log.at(index) as TraceEvent;
    if (end === 'peer' || direction === undefined || count === 0) continue;
    if (scope !== 'both' && scope !== direction) continue;
    const last = runs.at(-1);
    if (last?.direction === direction) last.count += count;
    else runs.push({ direction, offset, count });
  }
  return runs.map(({ direction, offset, count }) => ({
    direction,
    offset,
    bytes: source[direction].slice(offset, count),
  }));
}
