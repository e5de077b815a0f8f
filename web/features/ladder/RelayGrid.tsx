import type { LadderCall, LadderRow } from '../../../trace/ladder/row-table.ts';
import type { Column } from '../../../trace/ladder/source.ts';
import { wireOf } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { timeOrigin } from '../../../trace/trace-buffer.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSince, formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import { CallCell } from './CallCell.tsx';
import { choiceOf, classOf, type LadderChoice } from './grid-rows.ts';
import styles from './Ladder.module.css';
import type { LadderTime } from './LadderGrid.tsx';
import type { LadderSocket } from './ladder-model.ts';
import { PeerHead } from './PeerHead.tsx';
import relay from './RelayGrid.module.css';
import { type Leg, type LegCells, legCells, ownColumn } from './relay-rows.ts';
import { startedRows } from './started-rows.ts';
import { useLadderRows } from './use-ladder-rows.ts';
import { WireCell } from './WireCell.tsx';

/** The three programs of a relayed connection. */
export type RelayNames = { readonly client: string; readonly relay: string; readonly server: string };

type RelayGridProps = {
  readonly owner: object;
  readonly label: string;
  /** The same list while it holds the same. Sockets of the leg to the client have their own calls at the right. */
  readonly sockets: readonly LadderSocket[];
  /** Whether a socket is of the leg to the client, or of that to the server. */
  readonly legOf: (record: SocketTrace) => Leg;
  readonly names: RelayNames;
  /** Whether the calls of the leg's other end are reported. */
  readonly observed: Readonly<Record<Leg, boolean>>;
  readonly selected: LadderChoice | undefined;
  readonly onSelect: (choice: LadderChoice | undefined) => void;
  readonly time: LadderTime;
};

/** Both legs of a relay on one clock: what the client says comes in at the left and goes on to the server at the right. */
export function RelayGrid(props: RelayGridProps) {
  const { owner, label, sockets, legOf, names, observed, selected, onSelect, time: counting } = props;
  const t = useT();
  const model = useLadderRows(owner, sockets);
  const { rows } = model;
  // What the server did before anybody came is in the ladder of its own leg.
  const skipped = startedRows(rows);
  const origin = timeOrigin(sockets.map(({ record }) => record.log));
  const number = selected && model.numberOf(selected.record);
  const place = selected && number !== undefined ? rows.placeOf(selected.index, number) : undefined;
  const recordOf = (call: LadderCall): SocketTrace => model.socket(call.source).record;
  const rowAt = (shown: number): LadderRow => rows.row(shown + skipped);
  const wireIn = (row: LadderRow) => wireOf(row, (source) => model.socket(source).record.kind);
  const clock = (record: SocketTrace, at: number): string => formatClockTime(record.wallClock(at));

  const columns = [
    { key: 'time', head: <abbr title={t.ladder.timeHint[counting]}>{t.ladder.time}</abbr>, className: styles.time },
    { key: 'delta', head: <abbr title={t.ladder.deltaHint}>{t.ladder.delta}</abbr>, className: styles.delta },
    {
      key: 'client',
      head: <PeerHead name={names.client} isObserved={observed.client} />,
      className: `${styles.local} ${relay.client}`,
    },
    { key: 'first', head: t.ladder.wire, className: `${styles.wire} ${relay.wire} ${relay.first}` },
    { key: 'relay', head: <b>{names.relay}</b>, className: `${styles.peer} ${relay.relay}` },
    { key: 'second', head: t.ladder.wire, className: `${styles.wire} ${relay.wire} ${relay.second}` },
    {
      key: 'server',
      head: <PeerHead name={names.server} isObserved={observed.server} />,
      className: `${styles.peer} ${relay.server}`,
    },
  ];
  function cells(shown: number) {
    const row = rowAt(shown);
    const crossed = wireIn(row);
    const record = recordOf((row.left ?? row.right) as LadderCall);
    const leg = legOf(record);
    const at: LegCells = legCells(leg);
    const legNames = { left: names[at.left], right: names[at.right] };
    const call = (column: Column) => (
      <span data-who={row[column] && legNames[column]} className={relay.call}>
        <CallCell
          call={row[column]}
          recordOf={recordOf}
          note={row.note}
          column={column}
          wire={crossed}
          isObserved={row.isPaired || record.lab !== undefined || column === ownColumn(leg)}
          name={legNames[column]}
          connection={row.connection}
          isAlone
          run={undefined}
        />
      </span>
    );
    const own = {
      [at.left]: call('left'),
      [at.right]: call('right'),
      [at.wire]: <WireCell recordOf={recordOf} wire={crossed} names={legNames} span={undefined} />,
    };
    return [
      <time key="time" title={clock(record, row.at)}>
        {counting === 'since' ? formatSince(row.at - origin) : clock(record, row.at)}
      </time>,
      shown === 0 ? '' : formatSpan(row.at - rowAt(shown - 1).at),
      ...(['client', 'first', 'relay', 'second', 'server'] as const).map((key) => own[key] ?? ''),
    ];
  }
  return (
    <Grid
      label={label}
      className={`${styles.ladder} ${styles.tall} ${relay.grid}`}
      columns={columns}
      rowCount={rows.count - skipped}
      rowHeightProperty="--row-height-ladder"
      cells={cells}
      rowClassName={(shown) => {
        const row = rowAt(shown);
        const leg = legOf(recordOf((row.left ?? row.right) as LadderCall));
        return `${classOf(row, wireIn(row), model)} ${leg === 'client' ? relay.toClient : relay.toServer}`;
      }}
      selected={place === undefined || place < skipped ? undefined : place - skipped}
      onSelect={(shown) => onSelect(shown === undefined ? undefined : choiceOf(rowAt(shown), recordOf, sockets))}
      newRows={t.ladder.newRows}
      empty={t.ladder.empty}
    />
  );
}
