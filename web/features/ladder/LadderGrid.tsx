import type { ReactNode } from 'react';
import type { LadderCall, LadderRow } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import { type Wire, wireOf } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { Grid } from '../../ui/Grid.tsx';
import { CallCell } from './CallCell.tsx';
import styles from './Ladder.module.css';
import type { LadderModel, LadderSocket } from './ladder-model.ts';
import { useLadderRows } from './use-ladder-rows.ts';
import { WireCell } from './WireCell.tsx';

/** A call: index into the log of its socket. */
export type LadderChoice = { readonly record: SocketTrace; readonly index: number };

type LadderGridProps = {
  /** Keeps the rows while the ladder is not shown. */
  readonly owner: object;
  readonly label: string;
  /** The same list while it holds the same. */
  readonly sockets: readonly LadderSocket[];
  /** Who calls, by column. */
  readonly names: Readonly<Record<Column, string>>;
  readonly rightHead?: ReactNode;
  /** Both ends of its one connection are told of, also in rows of before the other end was known. */
  readonly isObserved?: boolean;
  readonly selected: LadderChoice | undefined;
  readonly onSelect: (choice: LadderChoice | undefined) => void;
  readonly rowHeightProperty: string;
  readonly empty: string;
};

/** Calls of both ends of connections on one clock, and what crossed the wire between them. */
export function LadderGrid(props: LadderGridProps) {
  const { owner, label, sockets, names, rightHead, isObserved = false } = props;
  const { selected, onSelect, rowHeightProperty, empty } = props;
  const t = useT();
  const model = useLadderRows(owner, sockets);
  const { rows } = model;
  const number = selected && model.numberOf(selected.record);

  const columns = [
    { key: 'time', head: t.ladder.time, className: styles.time },
    { key: 'delta', head: <abbr title={t.ladder.deltaHint}>{t.ladder.delta}</abbr>, className: styles.delta },
    { key: 'left', head: <b>{names.left}</b>, className: styles.local },
    { key: 'wire', head: t.ladder.wire, className: styles.wire },
    { key: 'right', head: rightHead ?? <b>{names.right}</b>, className: styles.peer },
  ];
  const recordOf = (call: LadderCall): SocketTrace => model.socket(call.source).record;
  const isAlone = sockets.filter(({ record }) => record.kind !== 'listen').length <= 2;
  const wire = (row: LadderRow): Wire | undefined => wireOf(row, (source) => model.socket(source).record.kind);
  function cells(index: number) {
    const row = rows.row(index);
    const crossed = wire(row);
    const record = recordOf((row.left ?? row.right) as LadderCall);
    const time = (at: number) => formatClockTime(record.wallClock(at));
    const { left, right } = row;
    const both = left && right && t.ladder.times(time(left.event.at), time(right.event.at));
    const { column: own } = model.socket((left ?? right)?.source ?? 0);
    const isBoth = isObserved || row.isPaired || record.lab !== undefined;
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
      <time key="time" title={both ?? time(row.at)}>
        {time(row.at)}
      </time>,
      index === 0 ? '' : formatSpan(row.at - rows.row(index - 1).at),
      cell('left'),
      <WireCell key="wire" recordOf={recordOf} wire={crossed} names={names} />,
      cell('right'),
    ];
  }

  return (
    <Grid
      label={label}
      className={styles.ladder}
      columns={columns}
      rowCount={rows.count}
      rowHeightProperty={rowHeightProperty}
      cells={cells}
      rowClassName={(index) => classOf(rows.row(index), wire(rows.row(index)), model)}
      selected={selected && number !== undefined ? rows.placeOf(selected.index, number) : undefined}
      onSelect={(index) => {
        onSelect(index === undefined ? undefined : choiceOf(rows.row(index), recordOf, sockets));
      }}
      newRows={t.ladder.newRows}
      empty={empty}
    />
  );
}

/** The call that choosing a row chooses: that of the first of the sockets, else the client's rather than the server's. */
function choiceOf(
  { left, right }: LadderRow,
  recordOf: (call: LadderCall) => SocketTrace,
  sockets: readonly LadderSocket[],
): LadderChoice | undefined {
  const calls = [right, left].flatMap((call) => call ?? []);
  const first = calls.find((call) => recordOf(call) === sockets[0]?.record && call.event.end === 'local');
  const call = first ?? calls.find(({ event }) => event.end === 'local') ?? calls[0];
  return call && { record: recordOf(call), index: call.index };
}

/** The number of the run that begins with this call. */
function runOf(call: LadderCall, model: LadderModel): number | undefined {
  return call.index === 0 ? model.socket(call.source).run : undefined;
}
function classOf(row: LadderRow, wire: Wire | undefined, model: LadderModel): string {
  const begins = [row.left, row.right].some((call) => call && runOf(call, model) !== undefined);
  const rule = begins ? styles.rule : '';
  if (wire?.kind !== 'bytes' && wire?.kind !== 'inferred') return `${styles.still} ${rule}`;
  return `${wire.to === 'right' ? styles.sent : styles.received} ${rule}`;
}
