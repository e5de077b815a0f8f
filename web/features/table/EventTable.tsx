import { useMemo } from 'react';
import type { ByteCount } from '../../../protocol/units.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText } from '../../../trace/text/call-text.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSpan } from '../../i18n/format.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { useStored } from '../../platform/stored.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import styles from './EventTable.module.css';
import { FilterBox } from './FilterBox.tsx';
import { type FilterQuery, isProblem, parseFilter } from './filter-query.ts';
import { useDebounced } from './use-debounced.ts';
import { useEventList } from './use-event-list.ts';

type EventTableProps = {
  readonly record: SocketTrace;
  /** Index into the record's log. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

const TYPING_PAUSE = 120;
const PREVIEW_BYTES: ByteCount = 160;
const ALL: FilterQuery = { tests: [], texts: [], without: [] };

/** Every call of both ends, one row each, and a filter. */
export function EventTable({ record, selected, onSelect }: EventTableProps) {
  const t = useT();
  // As it was left, in another view or on another socket.
  const [filter, setFilter] = useStored('tab', 'table.filter', parseStoredFilter);
  const settled = useDebounced(filter, TYPING_PAUSE);
  const query = useMemo(() => {
    const parsed = parseFilter(settled);
    return isProblem(parsed) ? ALL : parsed;
  }, [settled]);
  const parsed = parseFilter(filter);
  const list = useEventList(record, query);
  const isServer = record.kind === 'listen' || record.kind === 'accepted';
  const ends = {
    local: isServer ? t.ends.server : t.ends.client,
    peer: record.lab === undefined ? t.ends.peer : labName(t, record.lab),
  };
  const eventAt = (row: number): TraceEvent => record.log.at(list.at(row)) as TraceEvent;

  const columns = [
    { key: 'time', head: t.table.time, className: styles.time },
    { key: 'delta', head: <abbr title={t.table.deltaHint}>{t.table.delta}</abbr>, className: styles.delta },
    { key: 'end', head: t.table.end, className: styles.end },
    { key: 'call', head: t.table.call, className: styles.call },
    { key: 'direction', head: t.table.direction, className: styles.direction },
    { key: 'length', head: t.table.length, className: styles.length },
    { key: 'preview', head: t.table.preview, className: styles.preview },
  ];
  function cells(row: number) {
    const event = eventAt(row);
    const { name, args } = callText(event);
    return [
      formatClockTime(record.wallClock(event.at)),
      row === 0 ? '' : formatSpan(event.at - eventAt(row - 1).at),
      ends[event.end],
      event.call.startsWith('send') || event.call === 'print' ? name : name + args,
      <Direction key="direction" event={event} />,
      event.direction === undefined ? '' : event.count,
      <Preview key="preview" record={record} event={event} />,
    ];
  }

  return (
    <div className={`${toolbar.below} ${styles.panel}`}>
      <FilterBox
        value={filter}
        onChange={setFilter}
        problem={isProblem(parsed) ? parsed : undefined}
        shown={list.count}
        all={record.log.length()}
      />
      <Grid
        key={settled}
        label={t.table.label}
        className={styles.table}
        columns={columns}
        rowCount={list.count}
        rowHeightProperty="--row-height-compact"
        cells={cells}
        rowClassName={(row) => styles[eventAt(row).direction ?? 'still']}
        selected={selected === undefined ? undefined : list.rowOf(selected)}
        onSelect={(row) => onSelect(row === undefined ? undefined : list.at(row))}
        newRows={t.table.newRows}
        empty={settled === '' ? t.table.empty : t.table.emptyFilter}
      />
    </div>
  );
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

/** The bytes at a glance; for a call that moved none, what it was about or how it failed. */
function Preview({ record, event }: { readonly record: SocketTrace; readonly event: TraceEvent }) {
  if (event.error !== undefined) return <span className={styles.error}>{event.error}</span>;
  const bytes = eventBytes(record, event, PREVIEW_BYTES);
  if (bytes === undefined) return callText(event).result || event.text;
  if (event.call === 'recv' && event.count === 0) return callText(event).result;
  return previewText(bytes);
}

function parseStoredFilter(stored: unknown): string {
  return typeof stored === 'string' ? stored : '';
}
