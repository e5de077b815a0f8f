import type { LabServer } from '../../../protocol/messages/session.ts';
import { labName } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { LabStats, Playground } from '../../store/playground.ts';
import { QueueSquares } from '../../ui/marks/QueueSquares.tsx';
import side from '../../ui/panes/SideItem.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './LabList.module.css';

type LabListProps = {
  readonly playground: Playground;
  readonly isChosen: (server: LabServer) => boolean;
  /** Its address, or the path of its Unix socket. */
  readonly onChoose: (server: LabServer, way: LabWay) => void;
};
export type LabWay = 'address' | 'path';

/** The lab's servers as they stand now; choosing one makes it the target. */
export function LabList({ playground, isChosen, onChoose }: LabListProps) {
  const t = useT();
  useLive(playground);
  const servers = playground.lab();
  const stats = playground.labStats();
  const isEmulated = playground.gateway().queue === 'emulated';
  return (
    <section>
      <h2 id="labs-title" className={`${side.title} ${styles.title}`}>
        {t.labs.title}
      </h2>
      {servers.length === 0 ? <p className={side.none}>{t.labs.none}</p> : null}
      <ul aria-labelledby="labs-title" className={side.list}>
        {servers.map((server) => (
          <LabItem
            key={server.name}
            server={server}
            stats={stats.get(server.name)}
            isEmulated={isEmulated}
            isChosen={isChosen(server)}
            onChoose={(way) => onChoose(server, way)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Where clients wait for one another: its queue is shown also while it is empty. */
const QUEUE_IS_THE_LESSON: ReadonlySet<string> = new Set(['Timestamp echo']);

type LabItemProps = {
  readonly server: LabServer;
  readonly stats: LabStats | undefined;
  /** Its accept queue is not the kernel's. */
  readonly isEmulated: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (way: LabWay) => void;
};

function LabItem({ server, stats, isEmulated, isChosen, onChoose }: LabItemProps) {
  const t = useT();
  const { name, protocol, port, preferredPort, path } = server;
  const waiting = stats?.waiting ?? 0;
  const served = stats?.served ?? 0;
  return (
    <li className={`${side.item} ${styles.item}`} data-current={isChosen || undefined}>
      <button
        type="button"
        className={side.name}
        aria-current={isChosen || undefined}
        onClick={() => onChoose('address')}
      >
        {labName(t, name)}
      </button>
      <span className={`${side.port} ${styles.ways}`}>
        {path === undefined ? null : (
          <button
            type="button"
            className={styles.path}
            aria-label={t.labs.byPath(labName(t, name))}
            title={path}
            onClick={() => onChoose('path')}
          >
            {t.labs.unix}
          </button>
        )}
        {protocol === 'udp' ? `udp :${port}` : `:${port}`}
      </span>
      <p className={styles.about} title={served > 0 ? t.labs.served(served) : undefined}>
        {t.labs.servers[name]?.about}
        {stats && (waiting > 0 || QUEUE_IS_THE_LESSON.has(name)) ? (
          <>
            {' '}
            <QueueSquares filled={waiting} places={stats.max} label={t.labs.queue(waiting, stats.max)} />
            {waiting > 0 ? <span className={styles.waiting}> {t.labs.waiting(waiting)}</span> : null}
            {isEmulated ? <span title={t.labs.emulatedHint}> {t.labs.emulated}</span> : null}
          </>
        ) : null}
        {port === preferredPort ? null : <span className={styles.note}> · {t.labs.portTaken(preferredPort)}</span>}
        {served > 0 ? ` · ${t.labs.served(served)}` : null}
      </p>
    </li>
  );
}
