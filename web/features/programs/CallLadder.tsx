import { useState } from 'react';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatByteCount, formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import type { CallRow, ProgramCall } from '../../store/programs/call-joiner.ts';
import type { CallStore } from '../../store/programs/call-store.ts';
import { Grid, type GridColumn } from '../../ui/Grid.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './CallLadder.module.css';
import { argumentsOf, resultOf, wireText } from './call-text.ts';

export type Place = { readonly file: string; readonly line: number };

type CallLadderProps = {
  readonly store: CallStore;
  readonly serverFile: string;
  readonly clientFile: string;
  /** The line looked at in an editor: its last call is the one that is marked. */
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
};

/** Both programs' calls on one clock, each with its line. */
export function CallLadder({ store, serverFile, clientFile, place, onPlace }: CallLadderProps) {
  const t = useT().program.ladder;
  useLive(store);
  const { rows } = store;
  const [chosen, setChosen] = useState<{ row: CallRow; place: Place }>();
  const selected = rowOf(rows, place, chosen);

  const columns: readonly GridColumn[] = [
    { key: 'time', head: t.time, className: styles.time },
    { key: 'delta', head: 'Δ', className: styles.delta },
    { key: 'client', head: <b>{clientFile}</b>, className: styles.client },
    { key: 'wire', head: t.wire, className: styles.wireHead },
    { key: 'server', head: <b>{serverFile}</b> },
  ];
  function select(index: number | undefined): void {
    const row = index === undefined ? undefined : rows[index];
    const call = row?.client ?? row?.server;
    const next = call && call.line > 0 ? { file: call.file, line: call.line } : undefined;
    setChosen(row && next ? { row, place: next } : undefined);
    onPlace(next);
  }
  return (
    <Grid
      label={t.label}
      columns={columns}
      rowCount={rows.length}
      rowHeightProperty="--row-height-compact"
      cells={(index) => {
        const row = rows[index] as CallRow;
        const delta = index > 0 ? (row.at - (rows[index - 1] as CallRow).at) * 1_000 : undefined;
        return [
          formatClockTime(row.at).slice(3),
          delta === undefined ? '' : formatSpan(Math.max(0, delta)),
          row.client ? <Call key="client" call={row.client} isNamed={row.client.file !== clientFile} /> : '',
          <Wire key="wire" row={row} />,
          row.server ? <Call key="server" call={row.server} isNamed={false} /> : '',
        ];
      }}
      rowClassName={(index) => ((rows[index]?.client ?? rows[index]?.server)?.error ? styles.failed : undefined)}
      selected={selected}
      onSelect={select}
      newRows={t.newest}
      className={styles.ladder}
      empty={t.empty}
    />
  );
}

/** The row that was chosen, while its line is still looked at; else the line's last call. */
function rowOf(
  rows: readonly CallRow[],
  place: Place | undefined,
  chosen: { row: CallRow; place: Place } | undefined,
): number | undefined {
  if (!place) return undefined;
  const isOf = (call: ProgramCall | undefined) => call?.file === place.file && call.line === place.line;
  if (chosen && chosen.place.file === place.file && chosen.place.line === place.line) {
    const index = rows.lastIndexOf(chosen.row);
    if (index >= 0) return index;
  }
  const last = rows.findLastIndex(({ client, server }) => isOf(client) || isOf(server));
  return last < 0 ? undefined : last;
}

function Call({ call, isNamed }: { readonly call: ProgramCall; readonly isNamed: boolean }) {
  const t = useT().program.ladder;
  const result = resultOf(call);
  return (
    <span className={styles.call}>
      {call.line > 0 ? <span className={styles.line}>{t.line(call.line)} </span> : null}
      {isNamed ? <span className={styles.line}>{call.file} </span> : null}
      {call.call}
      <span className={styles.argument}>({argumentsOf(call)})</span>
      {result ? <span className={call.error ? styles.error : undefined}> → {result}</span> : null}
    </span>
  );
}

function Wire({ row: { client, server } }: { readonly row: CallRow }) {
  const t = useT().program.ladder;
  const sender = [client, server].find((call) => call?.call === 'send' || call?.call === 'sendto');
  if (sender) {
    const way = sender === client ? styles.sent : styles.received;
    return (
      <span className={`${styles.wire} ${way}`}>
        <span className={styles.label}>
          {wireText(sender)} · {formatByteCount(sender.count)}
        </span>
      </span>
    );
  }
  const isHandshake = client?.call === 'connect' && !client.error;
  const isEnd =
    [client, server].some((call) => call?.call === 'close' || call?.call === 'shutdown') && client && server;
  if (!isHandshake && !isEnd) return <span className={styles.lines} />;
  const way = isHandshake || client?.call !== 'recv' ? styles.inferredSent : styles.inferredReceived;
  return (
    <span className={`${styles.wire} ${way}`}>
      <span className={styles.label}>{isHandshake ? t.handshake : 'FIN'}</span>
    </span>
  );
}
