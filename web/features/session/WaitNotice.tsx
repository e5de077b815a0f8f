import { useEffect, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatSpan } from '../../i18n/format.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { LabStats, Playground } from '../../store/playground.ts';
import { isWaitingForAccept } from '../../store/socket-view.ts';
import { Button } from '../../ui/Button.tsx';
import { QueueSquares } from '../../ui/marks/QueueSquares.tsx';
import { useLive } from '../../ui/use-live.ts';
import { type QueueLook, queuePlace } from './queue-place.ts';
import styles from './WaitNotice.module.css';

type WaitNoticeProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Connects to a server that takes everybody at once; undefined where there is none. */
  readonly onElsewhere: (() => void) | undefined;
};

/** A wait of less than this is every connection's. */
const NOTICED_AFTER = 1_000;

/** The connection waits in the accept queue: where, for how long, and what can be done. */
export function WaitNotice({ record, playground, onElsewhere }: WaitNoticeProps) {
  useLive(record);
  useLive(playground);
  const stats = record.lab === undefined ? undefined : playground.labStats().get(record.lab);
  if (!isWaitingForAccept(record)) return null;
  return <Waiting key={record.id} record={record} stats={stats} onElsewhere={onElsewhere} />;
}

type WaitingProps = Pick<WaitNoticeProps, 'record' | 'onElsewhere'> & { readonly stats: LabStats | undefined };

function Waiting({ record, stats, onElsewhere }: WaitingProps) {
  const { session, labs } = useT();
  const t = useT();
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(since);
  const [first, setFirst] = useState<QueueLook>();
  if (first === undefined && stats && stats.waiting > 0) setFirst(stats);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (now - since < NOTICED_AFTER) return null;
  const words = session.waiting;
  return (
    <section aria-label={words.label} className={styles.notice}>
      <strong className={styles.lead}>{words.lead(labName(t, record.lab ?? ''))}</strong>
      <p className={styles.place}>
        {stats && first ? (
          <>
            <QueueSquares filled={stats.waiting} places={stats.max} label={labs.queue(stats.waiting, stats.max)} />{' '}
            {words.place(queuePlace(first, stats), stats.waiting)}
            {stats.waiting > stats.max ? ` (${labs.oneMore(stats.max)})` : null} ·{' '}
          </>
        ) : null}
        {words.since(formatSpan(Math.floor((now - since) / 1_000) * 1_000_000))}
      </p>
      <p>{words.why}</p>
      {onElsewhere ? <Button onClick={onElsewhere}>{words.elsewhere(labName(t, 'Threaded echo'))}</Button> : null}
    </section>
  );
}
