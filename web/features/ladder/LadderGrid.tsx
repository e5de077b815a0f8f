import type { ReactNode } from 'react';
import type { Microseconds } from '../../../protocol/units.ts';
import type { LadderCall, LadderRow } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import { type Wire, wireOf } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { timeOrigin } from '../../../trace/trace-buffer.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSince, formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import { CallCell } from './CallCell.tsx';
import { choiceOf, classOf, type LadderChoice, runOf, spanOf } from './grid-rows.ts';
import styles from './Ladder.module.css';
import type { LadderSocket } from './ladder-model.ts';
import { startedRows, startedText } from './started-rows.ts';
import { useLadderRows } from './use-ladder-rows.ts';
import { WireCell } from './WireCell.tsx';

type LadderGridProps = {
  /** Keeps the rows while the ladder is not shown. */
  readonly owner: object;
  readonly label: string;
  /** The same list while it holds the same. */
  readonly sockets: readonly LadderSocket[];
  /** Who calls, by column. */
  readonly names: Readonly<Record<Column, string>>;
  readonly rightHead?: ReactNode;
  readonly selected: LadderChoice | undefined;
  readonly onSelect: (choice: LadderChoice | undefined) => void;
  /** Many rows in little room: one line each. */
  readonly isCompact?: boolean;
  /** What the time column counts from: the first call of a socket of the page's own, or midnight. */
  readonly time?: LadderTime;
  readonly empty: string;
};
export type LadderTime = 'since' | 'clock';

/** Calls of both ends of connections on one clock, and what crossed the wire between them. */
export function LadderGrid(props: LadderGridProps) {
  const { owner, label, sockets, names, rightHead } = props;
  const { selected, onSelect, isCompact = false, time: counting = 'since', empty } = props;
  const t = useT();
  const model = useLadderRows(owner, sockets);
  const { rows } = model;
  const number = selected && model.numberOf(selected.record);
  const started = startedRows(rows);
  // The rows of the start are one.
  const fewer = Math.max(0, started - 1);
  const origin = timeOrigin(sockets.map(({ record }) => record.log));
  const place = selected && number !== undefined ? rows.placeOf(selected.index, number) : undefined;

  const columns = [
    {
      key: 'time',
      head: <abbr title={t.ladder.timeHint[counting]}>{t.ladder.time}</abbr>,
      className: styles.time,
    },
    { key: 'delta', head: <abbr title={t.ladder.deltaHint}>{t.ladder.delta}</abbr>, className: styles.delta },
    { key: 'left', head: <b>{names.left}</b>, className: styles.local },
    { key: 'wire', head: t.ladder.wire, className: styles.wire },
    { key: 'right', head: rightHead ?? <b>{names.right}</b>, className: styles.peer },
  ];
  const recordOf = (call: LadderCall): SocketTrace => model.socket(call.source).record;
  const isAlone = sockets.filter(({ record }) => record.kind !== 'listen').length <= 2;
  const wire = (row: LadderRow): Wire | undefined => wireOf(row, (source) => model.socket(source).record.kind);
  const clock = (record: SocketTrace, at: Microseconds) => formatClockTime(record.wallClock(at));
  function startedCells() {
    const { at, left, right } = rows.row(started - 1);
    const record = recordOf((left ?? right) as LadderCall);
    return [
      <time key="time" title={clock(record, at)}>
        {counting === 'since' ? formatSince(at - origin) : clock(record, at)}
      </time>,
      '',
      '',
      '',
      <span key="calls" className={styles.call}>
        {t.ladder.started(startedText(rows, started))}
      </span>,
    ];
  }
  function cells(shown: number) {
    if (shown === 0 && started > 0) return startedCells();
    const index = shown + fewer;
    const row = rows.row(index);
    const crossed = wire(row);
    const record = recordOf((row.left ?? row.right) as LadderCall);
    const { left, right } = row;
    const both = left && right && t.ladder.times(clock(record, left.event.at), clock(record, right.event.at));
    const { column: own } = model.socket((left ?? right)?.source ?? 0);
    const isBoth = row.isPaired || record.lab !== undefined;
    const cell = (column: Column) => (
      <CallCell
        key={column}
        call={row[column]}
        recordOf={recordOf}
        note={row.note}
        column={column}
        wire={crossed}
        isObserved={isBoth || column === own}
        name={names[column]}
        connection={row.connection}
        isAlone={isAlone}
        run={row[column] && runOf(row[column], model)}
      />
    );
    return [
      <time key="time" title={both ?? clock(record, row.at)}>
        {counting === 'since' ? formatSince(row.at - origin) : clock(record, row.at)}
      </time>,
      index === 0 ? '' : formatSpan(row.at - rows.row(index - 1).at),
      cell('left'),
      <WireCell key="wire" recordOf={recordOf} wire={crossed} names={names} span={spanOf(row, crossed)} />,
      cell('right'),
    ];
  }

  return (
    <Grid
      label={label}
      className={`${styles.ladder} ${isCompact ? styles.compact : styles.tall}`}
      columns={columns}
      rowCount={rows.count - fewer}
      rowHeightProperty={isCompact ? '--row-height-compact' : '--row-height-ladder'}
      cells={cells}
      rowClassName={(shown) =>
        shown === 0 && started > 0
          ? `${styles.still} ${styles.started}`
          : classOf(rows.row(shown + fewer), wire(rows.row(shown + fewer)), model)
      }
      selected={place === undefined ? undefined : Math.max(0, place - fewer)}
      onSelect={(shown) => {
        onSelect(shown === undefined ? undefined : choiceOf(rows.row(shown + fewer), recordOf, sockets));
      }}
      newRows={t.ladder.newRows}
      empty={empty}
    />
  );
}
