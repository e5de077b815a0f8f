import type { SocketErrorCode } from '../../../protocol/errors.ts';
import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { LadderCall } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import type { Wire } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, REPR_BYTES } from '../../../trace/text/call-text.ts';
import { errnoOf } from '../../../trace/text/errno-of.ts';
import { formatSpan } from '../../i18n/format.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import hidden from '../../ui/hidden.module.css';
import styles from './Ladder.module.css';

type CallCellProps = {
  readonly call: LadderCall | undefined;
  readonly recordOf: (call: LadderCall) => SocketTrace;
  readonly note: TraceEvent | undefined;
  readonly column: Column;
  /** Who calls in this column: a program that it is not of is named beside its call. */
  readonly name: string;
  readonly wire: Wire | undefined;
  readonly isObserved: boolean;
  /** Counted through the ladder; `isAlone`: there is one, which needs no telling apart. */
  readonly connection: number;
  readonly isAlone: boolean;
  /** Its program runs once more from this call on. */
  readonly run: number | undefined;
};

/** As many as Ladder.module.css has. */
const CONNECTION_COLORS = 6;

/** A call that took longer has waited: what a person sees as standing still. */
const BLOCKED_MIN: Milliseconds = 100;

/** One end's call, as Python writes it, and what the program printed after it; an empty cell says why it is. */
export function CallCell(props: CallCellProps) {
  const { call, recordOf, name, note: printed, column, wire, isObserved, connection, isAlone, run } = props;
  const t = useT();
  if (call === undefined) {
    const isWaitedFor = wire?.kind === 'bytes' && wire.to === column;
    const reason = isObserved ? (isWaitedFor ? t.ladder.notYet : t.ladder.noCall) : t.ladder.unobserved;
    return <span className={hidden.hidden}>{reason}</span>;
  }
  const { event } = call;
  const record = recordOf(call);
  // The peer's own bytes stand on the wire beside it.
  const isOwn = event.end === 'local';
  const bytes = isOwn && event.call.startsWith('send') ? eventBytes(record, event, REPR_BYTES) : undefined;
  const isProgram = record.source === 'program';
  const error = isProgram && isOwn && event.error ? raised(event.call, event.error) : undefined;
  const { name: called, args, result: plain } = callText(event, bytes);
  const result = error ?? (isProgram && isOwn ? (received(record, event) ?? plain) : plain);
  const note = noteOf(event, printed, t.ladder);
  const span = spanOf(event, t.ladder);
  const where = isOwn ? siteOf(event, name, t.ladder) : isProgram && record.lab ? labName(t, record.lab) : '';
  const port = isProgram && !isAlone ? portOf(record) : '';
  const text = `${where && `${where} `}${called}${args}${result && ` → ${result}`}${note && ` · ${note}`}${span && ` · ${span}`}${port && ` ${port}`}`;
  return (
    <span title={text}>
      <span className={styles.call} data-noted={note || span ? true : undefined}>
        {run !== undefined && <span className={styles.run}>{t.ladder.run(run)} </span>}
        {where && <span className={styles.args}>{where} </span>}
        <span className={styles.name}>{called}</span>
        <span className={styles.args}>{args}</span>
        {result && <span className={event.error ? styles.error : undefined}> → {result}</span>}
      </span>
      {(note || span) && (
        <span className={`${styles.note} ${styles.noted}`}>
          <span className={styles.dot}> · </span>
          {[note, span].filter(Boolean).join(' · ')}
        </span>
      )}
      {port && <span className={styles.port} data-connection={connection % CONNECTION_COLORS}>{` ${port}`}</span>}
    </span>
  );
}

/** As the program got it: a look-up has no errno. */
function raised(call: TraceEvent['call'], error: SocketErrorCode): string {
  return call === 'getaddrinfo' ? 'gaierror' : errnoOf(error);
}
/** What is to be known of a call: who made it, if nobody has written it; what it lost; what the program printed after it. */
function noteOf(event: TraceEvent, printed: TraceEvent | undefined, t: NoteTexts): string {
  if (event.variant === 'implicit') return t.implicit[event.call] ?? '';
  if (event.whole !== undefined) return t.cutOff;
  return printed?.end === event.end ? printed.text : '';
}
type NoteTexts = { readonly cutOff: string; readonly implicit: Readonly<Record<string, string>> };

/** A program that is shown reads the bytes it was given: `b'hello'`, where they are few. */
function received(record: SocketTrace, event: TraceEvent): string | undefined {
  if (event.call !== 'recv' || event.count === 0 || event.count > REPR_BYTES) return undefined;
  const bytes = eventBytes(record, event, REPR_BYTES);
  return bytes?.length === event.count ? pythonBytesRepr(bytes) : undefined;
}
type SiteTexts = { readonly line: (line: number) => string };
/** The file where it is not the column's, the thread where it is not the main one, the line. */
function siteOf({ site }: TraceEvent, program: string, t: SiteTexts): string {
  if (site === undefined) return '';
  const { file, thread = '', line } = site;
  return [file === program ? '' : file, thread, line > 0 ? t.line(line) : ''].filter((part) => part !== '').join(' ');
}
/** The connection by the port of its client, as ss(8) and the server's prints tell it. */
function portOf({ kind, local, remote }: SocketTrace): string {
  const client = kind === 'accepted' ? remote : kind === 'listen' ? undefined : local;
  return client ? `:${client.port}` : '';
}

type SpanTexts = { readonly took: (span: string) => string; readonly blocked: (span: string) => string };
/** How long the call took, from its beginning to its return: the handshake, or a wait for the other end. */
function spanOf({ call, took }: TraceEvent, t: SpanTexts): string {
  if (took === undefined) return '';
  const span = (microseconds: Microseconds) => formatSpan(microseconds);
  if (call === 'connect') return t.took(span(took));
  return took >= BLOCKED_MIN * 1_000 ? t.blocked(span(took)) : '';
}
