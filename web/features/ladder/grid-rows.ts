import type { Microseconds } from '../../../protocol/units.ts';
import type { LadderCall, LadderRow } from '../../../trace/ladder/row-table.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import styles from './Ladder.module.css';
import type { LadderModel, LadderSocket } from './ladder-model.ts';

/** A call: index into the log of its socket. */
export type LadderChoice = { readonly record: SocketTrace; readonly index: number };

/** The call that choosing a row chooses: that of the first of the sockets, else the client's rather than the server's. */
export function choiceOf(
  { left, right }: LadderRow,
  recordOf: (call: LadderCall) => SocketTrace,
  sockets: readonly LadderSocket[],
): LadderChoice | undefined {
  const calls = [right, left].flatMap((call) => call ?? []);
  const first = calls.find((call) => recordOf(call) === sockets[0]?.record && call.event.end === 'local');
  const call = first ?? calls.find(({ event }) => event.end === 'local') ?? calls[0];
  return call && { record: recordOf(call), index: call.index };
}

/** Both ends' times stand in a row that joins them: the earlier in its column, how much later the other was on the wire. */
export function spanOf({ left, right }: LadderRow, wire: Wire | undefined): Microseconds | undefined {
  if (!left || !right || (wire?.kind !== 'bytes' && wire?.kind !== 'inferred')) return undefined;
  const apart = right.event.at - left.event.at;
  return wire.to === 'right' ? apart : -apart;
}

/** The number of the run that begins with this call. */
export function runOf(call: LadderCall, model: LadderModel): number | undefined {
  return call.index === 0 ? model.socket(call.source).run : undefined;
}
export function classOf(row: LadderRow, wire: Wire | undefined, model: LadderModel): string {
  const begins = [row.left, row.right].some((call) => call && runOf(call, model) !== undefined);
  const rule = begins ? styles.rule : '';
  if (wire?.kind !== 'bytes' && wire?.kind !== 'inferred') return `${styles.still} ${rule}`;
  return `${wire.to === 'right' ? styles.sent : styles.received} ${rule}`;
}
