import type { Call } from '../../../protocol/call.ts';
import type { LadderRow } from '../../../trace/ladder/row-table.ts';
import { callText, formatCall } from '../../../trace/text/call-text.ts';

type Rows = { readonly count: number; readonly row: (place: number) => LadderRow };

/** What a server does before it can be connected to. */
const STARTING: ReadonlySet<Call> = new Set<Call>(['socket', 'setsockopt', 'bind', 'listen']);
/** No server makes more calls than this to start. */
const STARTING_MAX = 16;

/** How many of the first rows are the other program's start, long before: they stand in one row. One alone stays as it is. */
export function startedRows(rows: Rows): number {
  let count = 0;
  while (count < Math.min(rows.count, STARTING_MAX) && isStart(rows.row(count))) count += 1;
  return count > 1 ? count : 0;
}
function isStart({ left, right }: LadderRow): boolean {
  const call = left ?? right;
  if (call === undefined || (left && right)) return false;
  return call.event.end === 'peer' && call.event.error === undefined && STARTING.has(call.event.call);
}

/** The calls of those rows, and what was printed after them, in one line. */
export function startedText(rows: Rows, count: number): string {
  const parts: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const { left, right, note } = rows.row(place);
    const call = left ?? right;
    if (call) parts.push(formatCall(callText(call.event)));
    if (note?.text) parts.push(note.text);
  }
  return parts.join(' · ');
}
