import type { ReactNode } from 'react';
import type { ByteCount } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText } from '../../../trace/text/call-text.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSince, formatSpan } from '../../i18n/format.ts';
import { labName, socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import { Marked } from '../../ui/Marked.tsx';
import styles from './EventTable.module.css';
import { isByTime, isServer, nextOrder, type RowOrder, type SortKey } from './row-order.ts';
import type { EventChoice, EventRows } from './use-event-rows.ts';

type EventGridProps = {
  readonly rows: EventRows;
  /** A column says whose event it is. */
  readonly hasSockets: boolean;
  readonly selected: EventChoice | undefined;
  readonly onSelect: (choice: EventChoice | undefined) => void;
  /** Of two chosen rows the first. */
  readonly first: EventChoice | undefined;
  /** A row is chosen beside the one that is. */
  readonly onExtend: (choice: EventChoice) => void;
  readonly order: RowOrder;
  readonly onOrder: (order: RowOrder) => void;
  /** Since `rows.origin`, or the time of day. */
  readonly time: 'since' | 'clock';
  /** Another list of rows where this is another text. */
  readonly filter: string;
  /** Texts to mark in what is shown. */
  readonly marks: readonly string[];
};

const PREVIEW_BYTES: ByteCount = 160;

export function EventGrid(props: EventGridProps) {
  const { rows, hasSockets, selected, onSelect, first, onExtend, order, onOrder, time, filter, marks } = props;
  const t = useT();
  const words = useToolWords();
  const eventAt = (row: number): TraceEvent => {
    const { record, index } = rows.at(row);
    return record.log.at(index) as TraceEvent;
  };

  const isInTime = isByTime(order);
  const sorts = (by: SortKey, head: ReactNode, className: string | undefined) => ({
    key: by,
    head,
    className,
    sort: {
      state: order.by !== by ? 'none' : order.isDescending ? 'descending' : 'ascending',
      hint: by === 'time' ? t.ladder.timeHint[time] : t.table.sortHint,
      onPress: () => onOrder(nextOrder(order, by)),
    } as const,
  });
  const columns = [
    sorts('time', t.table.time, styles.time),
    { key: 'delta', head: <abbr title={t.table.deltaHint}>{t.table.delta}</abbr>, className: styles.delta },
    ...(hasSockets ? [sorts('socket', words.timeline.socket, styles.socket)] : []),
    sorts('end', t.table.end, styles.end),
    sorts('call', t.table.call, styles.call),
    sorts('direction', t.table.direction, styles.direction),
    sorts('length', t.table.length, styles.length),
    { key: 'preview', head: t.table.preview, className: styles.preview },
  ];
  function cells(row: number) {
    const { record, index } = rows.at(row);
    const event = record.log.at(index) as TraceEvent;
    const { name, args } = callText(event);
    const clock = formatClockTime(record.wallClock(event.at));
    return [
      <time key="time" title={clock}>
        {time === 'since' ? formatSince(event.at - rows.origin) : clock}
      </time>,
      row === 0 || !isInTime ? '' : formatSpan(event.at - eventAt(row - 1).at),
      ...(hasSockets ? [socketLabel(t, record)] : []),
      <End key="end" record={record} end={event.end} />,
      <Marked
        key="call"
        text={event.call.startsWith('send') || event.call === 'print' ? name : name + args}
        marks={marks}
      />,
      <Direction key="direction" event={event} />,
      event.direction === undefined ? '' : event.count,
      <Preview key="preview" record={record} event={event} marks={marks} />,
    ];
  }
  return (
    <Grid
      key={filter}
      label={t.table.label}
      className={`${styles.table} ${hasSockets ? styles.ofAll : ''} ${time === 'clock' ? styles.clock : ''}`}
      columns={columns}
      rowCount={rows.count}
      rowHeightProperty="--row-height-compact"
      cells={cells}
      rowClassName={(row) => styles[eventAt(row).direction ?? 'still']}
      selected={selected && rows.rowOf(selected)}
      onSelect={(row) => onSelect(row === undefined ? undefined : rows.at(row))}
      first={{ row: first && rows.rowOf(first), onExtend: (row) => onExtend(rows.at(row)) }}
      // In another order the newest row is not the last.
      {...(isInTime ? { newRows: t.table.newRows } : {})}
      empty={filter === '' ? t.table.empty : t.table.emptyFilter}
    />
  );
}

function End({ record, end }: { readonly record: SocketTrace; readonly end: TraceEvent['end'] }) {
  const t = useT();
  if (end === 'peer') return record.lab === undefined ? t.ends.peer : labName(t, record.lab);
  return isServer(record.kind) ? t.ends.server : t.ends.client;
}

function Direction({ event: { direction } }: { readonly event: TraceEvent }) {
  const t = useT();
  if (direction === undefined) return null;
  return (
    <>
      <span aria-hidden="true">{direction === 'sent' ? '▶ ' : '◀ '}</span>
      {t.table[direction]}
    </>
  );
}

type PreviewProps = { readonly record: SocketTrace; readonly event: TraceEvent; readonly marks: readonly string[] };

/** The bytes at a glance; for a call that moved none, what it was about or how it failed. */
function Preview({ record, event, marks }: PreviewProps) {
  if (event.error !== undefined) {
    return (
      <span className={styles.error}>
        <Marked text={event.error} marks={marks} />
      </span>
    );
  }
  return <Marked text={previewOf(record, event)} marks={marks} />;
}
function previewOf(record: SocketTrace, event: TraceEvent): string {
  const bytes = eventBytes(record, event, PREVIEW_BYTES);
  if (bytes === undefined) return callText(event).result || (ADDRESSED.has(event.call) ? '' : event.text);
  if (event.call === 'recv' && event.count === 0) return callText(event).result;
  return previewText(bytes);
}

/** Their address stands in their brackets. */
const ADDRESSED: ReadonlySet<TraceEvent['call']> = new Set(['connect', 'bind']);
