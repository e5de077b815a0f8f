import { useMemo, useState } from 'react';
import { eventBytes } from '../../../trace/event-bytes.ts';
import { callText, REPR_BYTES } from '../../../trace/text/call-text.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { useT } from '../../i18n/t.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import styles from './CompareView.module.css';
import { type Comparison, PAIR } from './comparison.ts';
import { type MergedRow, MergedTrace } from './merged-trace.ts';

type BothLogProps = { readonly comparison: Comparison };

/** Every call of both clients and of the server for each, by time: who is answered when. */
export function BothLog({ comparison }: BothLogProps) {
  const { compare: t } = useT();
  const [a, b] = PAIR.map((name) => comparison.client(name)?.record);
  const records = useMemo(() => [a, b], [a, b]);
  const merged = useMemo(() => new MergedTrace([a, b].map((record) => record?.log ?? NO_LOG)), [a, b]);
  merged.update();
  const [selected, setSelected] = useState<number>();

  function text({ log, event }: MergedRow): string {
    const record = records[log];
    const isSend = event.call.startsWith('send');
    const bytes = record && isSend ? eventBytes(record, event, REPR_BYTES) : undefined;
    const { name, args, result } = callText(event, bytes);
    return `${name}${args}${result && ` → ${result}`}`;
  }
  function cells(row: number) {
    const of = merged.at(row);
    const column = of.log * 2 + (of.event.end === 'local' ? 0 : 1);
    const calls = ['', '', '', ''];
    calls[column] = text(of);
    return [formatClockTime(records[of.log]?.wallClock(of.event.at) ?? 0), ...calls];
  }
  const columns = [
    { key: 'time', head: t.time, className: styles.time },
    ...PAIR.flatMap((name) => [
      { key: `client ${name}`, head: t.client(name), className: styles.call },
      { key: `server for ${name}`, head: t.serverFor(name), className: styles.peer },
    ]),
  ];
  return (
    <Grid
      label={t.log}
      className={styles.log}
      columns={columns}
      rowCount={merged.count}
      rowHeightProperty="--row-height-compact"
      cells={cells}
      selected={selected}
      onSelect={setSelected}
      newRows={t.newRows}
      empty={t.empty}
    />
  );
}

const NO_LOG = { length: () => 0, at: () => undefined };
