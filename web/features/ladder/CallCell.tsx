import type { End } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { LadderRow } from '../../../trace/ladder/rows.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, REPR_BYTES } from '../../../trace/text/call-text.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './Ladder.module.css';

type CallCellProps = {
  readonly record: SocketTrace;
  readonly row: LadderRow;
  readonly end: End;
  readonly wire: Wire | undefined;
  readonly isObserved: boolean;
};

/** One end's call, as Python writes it, and what the program printed after it; an empty cell says why it is. */
export function CallCell({ record, row, end, wire, isObserved }: CallCellProps) {
  const t = useT();
  const event = row[end];
  if (event === undefined) {
    const isWaitedFor = wire?.kind === 'bytes' && !wire.isRest && wire.event.end !== end;
    const reason = isObserved ? (isWaitedFor ? t.ladder.notYet : t.ladder.noCall) : t.ladder.unobserved;
    return <span className={hidden.hidden}>{reason}</span>;
  }
  // The peer's own bytes stand on the wire beside it.
  const bytes = end === 'local' && event.call.startsWith('send') ? eventBytes(record, event, REPR_BYTES) : undefined;
  const { name, args, result } = callText(event, bytes);
  const note = event.whole === undefined ? (row.note?.end === end ? row.note.text : '') : t.ladder.cutOff;
  const text = `${name}${args}${result && ` → ${result}`}${note && ` · ${note}`}`;
  return (
    <span title={text}>
      <span className={styles.name}>{name}</span>
      <span className={styles.args}>{args}</span>
      {result && <span className={event.error ? styles.error : undefined}> → {result}</span>}
      {note && <span className={styles.note}> · {note}</span>}
    </span>
  );
}
