import { useEffect, useSyncExternalStore } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LadderTime } from '../../features/ladder/LadderGrid.tsx';
import { ErrorCard } from '../../features/session/ErrorCard.tsx';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import styles from './SocketContent.module.css';
import { SocketView } from './SocketView.tsx';
import { useDropped } from './use-dropped.ts';
import type { SocketViewName } from './views.ts';

type SocketContentProps = {
  readonly playground: Playground;
  readonly record: SocketTrace;
  /** Where the other end of its connection may be: see SocketView. */
  readonly among?: readonly SocketTrace[];
  readonly view: SocketViewName;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  readonly time?: LadderTime;
  /** See SocketView. */
  readonly onSocket?: (record: SocketTrace, index: number) => void;
};

/** A view of one socket, below what is to be said of it first: why it failed, what is no longer kept. */
export function SocketContent({
  playground,
  record,
  among,
  view,
  selected,
  onSelect,
  time,
  onSocket,
}: SocketContentProps) {
  const failure = useSyncExternalStore(record.subscribe, () => record.failure);
  const isKept = useSyncExternalStore(record.subscribe, () => record.isOpen || isKeptByKernel(record));
  const dropped = useDropped(record);
  const omitted = useSyncExternalStore(record.subscribe, () => record.omitted.sent + record.omitted.received);
  const droppedDatagrams = useSyncExternalStore(record.subscribe, () => record.droppedDatagrams);
  const tooLongDatagrams = useSyncExternalStore(record.subscribe, () => record.tooLongDatagrams);
  const lateDatagrams = droppedDatagrams - tooLongDatagrams;
  const t = useT();
  // The kernel's own word on the socket that is looked at: only it can tell FIN-WAIT-1 from FIN-WAIT-2, and how long TIME-WAIT lasts.
  useEffect(() => {
    if (!isKept) return;
    return playground.watch(record);
  }, [playground, record, isKept]);
  return (
    <>
      {failure ? (
        <div className={styles.failure}>
          <ErrorCard code={failure.code} detail={failure.text} />
        </div>
      ) : null}
      {dropped > 0 ? <p className={styles.dropped}>{t.app.play.dropped(dropped, record.log.kept)}</p> : null}
      {lateDatagrams > 0 ? <p className={styles.dropped}>{t.app.play.droppedDatagrams(lateDatagrams)}</p> : null}
      {tooLongDatagrams > 0 ? <p className={styles.dropped}>{t.app.play.tooLongDatagrams(tooLongDatagrams)}</p> : null}
      {omitted > 0 ? <p className={styles.dropped}>{t.app.play.omitted(omitted)}</p> : null}
      <SocketView
        key={`${record.id} ${dropped}`}
        view={view}
        record={record}
        among={among}
        playground={playground}
        selected={selected}
        onSelect={onSelect}
        time={time}
        onSocket={onSocket}
      />
    </>
  );
}

/** A connection outlives its socket: until the kernel says CLOSED, if it was open once. */
function isKeptByKernel({ source, kind, isOver, isOpened, kernel }: SocketTrace): boolean {
  if (source !== 'live' || !isOver || !isOpened || kind === 'udp' || kind === 'listen' || kind === 'unix') return false;
  return kernel !== undefined && kernel.state !== 'CLOSED';
}
