import { wireOf } from '../../../trace/ladder/wire.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSpan } from '../../i18n/format.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { Grid } from '../../ui/Grid.tsx';
import { useLive } from '../../ui/use-live.ts';
import { CallCell } from './CallCell.tsx';
import styles from './Ladder.module.css';
import { useLadderRows } from './use-ladder-rows.ts';
import { WireCell } from './WireCell.tsx';

type LadderProps = {
  readonly record: SocketTrace;
  /** Index into the record's log. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

/** Both ends of one connection on one clock: each call, and what crossed the wire between them. */
export function Ladder({ record, selected, onSelect }: LadderProps) {
  const t = useT();
  useLive(record);
  const rows = useLadderRows(record.log);
  const isServer = record.kind === 'listen' || record.kind === 'accepted';
  const local = isServer ? t.ends.server : t.ends.client;
  const peer = record.lab === undefined ? t.ends.peer : labName(t, record.lab);

  const columns = [
    { key: 'time', head: t.ladder.time, className: styles.time },
    { key: 'delta', head: <abbr title={t.ladder.deltaHint}>{t.ladder.delta}</abbr>, className: styles.delta },
    { key: 'local', head: <b>{local}</b>, className: styles.local },
    { key: 'wire', head: t.ladder.wire, className: styles.wire },
    { key: 'peer', head: <PeerHead name={peer} isObserved={record.lab !== undefined} />, className: styles.peer },
  ];
  function cells(place: number) {
    const row = rows.row(place);
    const wire = wireOf(row, record.kind);
    const clock = formatClockTime(record.wallClock(row.at));
    return [
      <time key="time" title={bothTimes(row.local?.at, row.peer?.at) ?? clock}>
        {clock}
      </time>,
      place === 0 ? '' : formatSpan(row.at - rows.row(place - 1).at),
      <CallCell key="local" record={record} row={row} end="local" wire={wire} isObserved />,
      <WireCell key="wire" record={record} wire={wire} took={row.local?.took} ends={{ local, peer }} />,
      <CallCell key="peer" record={record} row={row} end="peer" wire={wire} isObserved={record.lab !== undefined} />,
    ];
  }
  function bothTimes(localAt: number | undefined, peerAt: number | undefined): string | undefined {
    if (localAt === undefined || peerAt === undefined) return undefined;
    const [mine, theirs] = [localAt, peerAt].map((at) => formatClockTime(record.wallClock(at)));
    return t.ladder.times(mine as string, theirs as string);
  }

  return (
    <Grid
      label={t.ladder.label}
      className={styles.ladder}
      columns={columns}
      rowCount={rows.count}
      rowHeightProperty="--row-height"
      cells={cells}
      rowClassName={(place) => styles[wireOf(rows.row(place), record.kind)?.direction ?? 'still']}
      selected={selected === undefined ? undefined : rows.placeOf(selected)}
      onSelect={(place) => onSelect(place === undefined ? undefined : rows.row(place).event)}
      newRows={t.ladder.newRows}
      empty={t.ladder.empty}
    />
  );
}

function PeerHead({ name, isObserved }: { readonly name: string; readonly isObserved: boolean }) {
  const t = useT();
  return (
    <span className={styles.peerHead}>
      <b>{name}</b>
      {!isObserved && <span title={t.ladder.unobservedHint}> · {t.ladder.unobserved}</span>}
    </span>
  );
}
