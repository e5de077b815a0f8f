import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { formatHexDumpRow } from '../bytes/format-hex-dump.ts';
import type { TraceEvent } from '../event.ts';
import { callText, formatCall, REPR_BYTES } from '../text/call-text.ts';
import type { RecordedSocket, Recording } from './recording.ts';

const ROW: ByteCount = 16;
/** Of one call; the recording itself has all. */
const DUMPED: ByteCount = 512;
const INDENT = ' '.repeat(17);

/** The recording as text: what happened on all sockets in one ladder, with hex dumps. `notes` are said at the top. */
export function toText({ epoch, sockets }: Recording, notes: readonly string[] = []): string {
  const rows = sockets
    .flatMap((socket) => socket.events.map((event) => ({ socket, event })))
    .sort((a, b) => a.event.at - b.event.at);
  const zero = rows[0]?.event.at ?? 0;
  const start = new Date(epoch + zero / 1_000).toISOString();
  const heads = sockets.map(
    ({ id, kind, local, remote }) =>
      `#${id} ${kind.padEnd(8)} ${at(local)} ${kind === 'listen' ? '' : `↔ ${at(remote)}`}`,
  );
  const head = [`from ${start} on; times in ms`, ...notes, ...heads].map((line) => line.trimEnd());
  return `${[...head, '', ...rows.flatMap((row) => linesOf(row.socket, row.event, zero))].join('\n')}\n`;
}

function at(endpoint: RecordedSocket['local']): string {
  return endpoint ? formatEndpoint(endpoint.host, endpoint.port) : '?';
}

function linesOf(socket: RecordedSocket, event: TraceEvent, zero: number): string[] {
  const { direction, offset, count, end } = event;
  const time = ((event.at - zero) / 1_000).toFixed(3).padStart(10);
  const arrow = direction === 'sent' ? '→' : direction === 'received' ? '←' : ' ';
  const bytes = direction ? socket[direction].slice(offset, Math.min(count, DUMPED)) : new Uint8Array();
  const call = formatCall(callText(event, bytes.subarray(0, Math.max(REPR_BYTES, 0))));
  const lines = [`${time}  #${socket.id} ${arrow} ${end === 'peer' ? 'peer: ' : ''}${call}${placeOf(event)}`];
  for (let start = 0; start < bytes.length; start += ROW) {
    lines.push(`${INDENT}${formatHexDumpRow(bytes.subarray(start, start + ROW), offset + start)}`);
  }
  if (count > DUMPED) lines.push(`${INDENT}… ${count - DUMPED} bytes more`);
  return lines;
}

/** The line of the program that made the call. */
function placeOf({ site }: TraceEvent): string {
  if (!site || (site.line === 0 && site.thread === undefined)) return '';
  const line = site.line > 0 ? ` line ${site.line}` : '';
  return `  (${site.file}${line}${site.thread === undefined ? '' : `, ${site.thread}`})`;
}
