import { isWildcard } from '../../../protocol/loopback.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useChapter } from '../../i18n/chapter.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ServerViews.module.css';
import { type Server, useWatched } from './use-server.ts';
import { SERVER_VIEWS } from './words.ts';

/** How long Linux keeps TIME-WAIT: TCP_TIMEWAIT_LEN. */
const TIME_WAIT_SECONDS = 60;
const BACKLOG = 5;

/** All sockets of the page that were with a port, closed ones too, as far as the kernel still keeps their connections. */
export function PortDiary({ server, playground }: { readonly server: Server; readonly playground: Playground }) {
  const { ports } = useChapter(SERVER_VIEWS);
  const { end, connections } = server;
  const { endpoint, listener, lab } = end;
  const listeners = playground.sockets().filter(({ kind, source, local, target }) => {
    return kind === 'listen' && source === 'live' && (local ?? target).port === endpoint.port;
  });
  const ends = connections.flatMap(({ client, server: accepted }) => [client ?? [], accepted ?? []].flat());
  useWatched(playground, ends);
  const isFree = lab === undefined && listener?.isOpen !== true;
  const again = (reuseAddress: boolean) => {
    playground.listen(endpoint.host, endpoint.port, BACKLOG, { reuseAddress });
  };
  return (
    <section className={styles.board} aria-label={ports.diary(endpoint.port)}>
      <h3>{ports.diary(endpoint.port)}</h3>
      <ul className={styles.diary}>
        {[...listeners, ...ends].map((record) => (
          <Entry key={record.id} record={record} />
        ))}
      </ul>
      {isFree && (
        <p className={styles.bar}>
          {ports.bindAgain} <Button onClick={() => again(false)}>{ports.withoutReuse}</Button>
          <Button onClick={() => again(true)}>{ports.withReuse}</Button>
        </p>
      )}
      <p className={styles.hint}>{ports.bindHint}</p>
      {listener?.local && (
        <p className={styles.hint}>
          <b>{ports.doors}:</b> {isWildcard(listener.local.host) ? ports.anyDoor : ports.loopbackDoor}
        </p>
      )}
    </section>
  );
}

function Entry({ record }: { readonly record: SocketTrace }) {
  const t = useT();
  const { ports } = useChapter(SERVER_VIEWS);
  const { local, remote, failure, isOver, kernel, state } = record;
  const ends = [local, record.kind === 'listen' ? undefined : (remote ?? record.target)].flatMap((end) =>
    end ? formatEndpoint(end.host, end.port) : [],
  );
  const seconds = isOver && kernel?.timer !== undefined ? Math.ceil(kernel.timer / 1_000) : undefined;
  return (
    <li className={styles.entry}>
      <b>{socketLabel(t, record)}</b>
      <code>{ends.join(' → ')}</code>
      <span>{failure?.code ?? (isOver ? (kernel?.state ?? state) : state)}</span>
      {seconds !== undefined && (
        <>
          <meter min={0} max={TIME_WAIT_SECONDS} value={seconds} aria-label={kernel?.state} />
          <small>{ports.left(seconds)}</small>
        </>
      )}
    </li>
  );
}
