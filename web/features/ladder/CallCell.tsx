import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { LadderCall } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, REPR_BYTES } from '../../../trace/text/call-text.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './Ladder.module.css';

type CallCellProps = {
  readonly call: LadderCall | undefined;
  readonly recordOf: (call: LadderCall) => SocketTrace;
  readonly note: TraceEvent | undefined;
  readonly column: Column;
  readonly wire: Wire | undefined;
  readonly isObserved: boolean;
};

/** A call that took longer has waited: what a person sees as standing still. */
const BLOCKED_MIN: Milliseconds = 100;

/** One end's call, as Python writes it, and what the program printed after it; an empty cell says why it is. */
export function CallCell({ call, recordOf, note: printed, column, wire, isObserved }: CallCellProps) {
  const t = useT();
  if (call === undefined) {
    const isWaitedFor = wire?.kind === 'bytes' && wire.to === column;
    const reason = isObserved ? (isWaitedFor ? t.ladder.notYet : t.ladder.noCall) : t.ladder.unobserved;
    return <span className={hidden.hidden}>{reason}</span>;
  }
  const { event } = call;
  // The peer's own bytes stand on the wire beside it.
  const isOwn = event.end === 'local';
  const bytes = isOwn && event.call.startsWith('send') ? eventBytes(recordOf(call), event, REPR_BYTES) : undefined;
  const { name, args, result } = callText(event, bytes);
  const note = event.whole === undefined ? (printed?.end === event.end ? printed.text : '') : t.ladder.cutOff;
  const span = spanOf(event, t.ladder);
  const text = `${name}${args}${result && ` → ${result}`}${note && ` · ${note}`}${span && ` · ${span}`}`;
  return (
    <span title={text}>
      <span className={styles.name}>{name}</span>
      <span className={styles.args}>{args}</span>
      {result && <span className={event.error ? styles.error : undefined}> → {result}</span>}
      {note && <span className={styles.note}> · {note}</span>}
      {span && <span className={styles.note}> · {span}</span>}
    </span>
  );
}

type SpanTexts = { readonly took: (span: string) => string; readonly blocked: (span: string) => string };
/** How long the call took, from its beginning to its return: the handshake, or a wait for the other end. */
function spanOf({ call, took }: TraceEvent, t: SpanTexts): string {
  if (took === undefined) return '';
  const span = (microseconds: Microseconds) => formatSpan(microseconds);
  if (call === 'connect') return t.took(span(took));
  return took >= BLOCKED_MIN * 1_000 ? t.blocked(span(took)) : '';
}
