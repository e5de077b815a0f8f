import type { ReactNode } from 'react';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatDay } from '../../i18n/clock-time.ts';
import type { Messages } from '../../i18n/en.ts';
import { formatByteCount, formatSpan } from '../../i18n/format.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { connectionsOf, isTaken, serverEndOf } from '../../store/server-end.ts';
import { isWaitingForAccept } from '../../store/socket-view.ts';
import { StatusPill } from '../../ui/marks/StatusPill.tsx';
import { useLive } from '../../ui/use-live.ts';
import { ClosingButtons } from './ClosingButtons.tsx';
import styles from './SocketBar.module.css';
import { SocketState } from './SocketState.tsx';

const RenameSocket = deferred(async () => (await import('./RenameSocket.tsx')).RenameSocket);

type SocketBarProps = {
  readonly record: SocketTrace;
  /** Where it is narrow, only the name and the state stand there. */
  readonly isFolded: boolean;
  readonly playground: Playground;
  /** How it is read, beside what its state means. */
  readonly reading: ReactNode;
  /** What unfolds it. */
  readonly children: ReactNode;
};

/** Which socket is looked at, how it stands, and how it can be ended. */
export function SocketBar({ record, isFolded, playground, reading, children }: SocketBarProps) {
  const t = useT();
  useLive(record);
  useLive(playground);
  const meaning = useMeaning(record, waitsAtOwnListener(record, playground));
  // How the socket stands is known from before.
  const isLastKnown = playground.gateway().phase === 'offline';
  return (
    <header className={styles.bar} data-folded={isFolded || undefined}>
      <div className={styles.row}>
        <strong>{socketLabel(t, record)}</strong>
        <RenameSocket key={record.id} record={record} />
        <span className={styles.endpoints}>{endpointsText(record)}</span>
        <SocketState record={record} />
        {record.proxy ? (
          <span title={t.session.proxiedHint}>
            <StatusPill tone="wait">
              {t.session.proxied(formatEndpoint(record.proxy.host, record.proxy.port))}
            </StatusPill>
          </span>
        ) : null}
        <ClosingButtons record={record} />
        {children}
      </div>
      <div className={styles.row}>
        {record.failure ? null : (
          <p className={styles.meaning}>{isLastKnown && record.isOpen ? t.session.lastKnown(meaning) : meaning}</p>
        )}
        {reading}
      </div>
    </header>
  );
}

/** The bar while there is no socket: the same places, nothing to press. */
export function EmptySocketBar() {
  const t = useT();
  return (
    <header className={`${styles.bar} ${styles.empty}`}>
      <div className={styles.row}>
        <strong className={styles.none}>{t.session.noSocket}</strong>
        <SocketState record={undefined} />
        <ClosingButtons record={undefined} />
      </div>
      <p className={styles.meaning}>{t.session.states.CLOSED}</p>
    </header>
  );
}

function useMeaning(record: SocketTrace, isInOwnQueue: boolean): string {
  const t = useT();
  const isWaiting = isWaitingForAccept(record);
  const parts = [
    isWaiting ? t.session.waitingForAccept : isInOwnQueue ? t.session.waitingInOwnQueue : stateText(record, t),
  ];
  if (record.queuedBytes > 0) parts.push(t.session.queued(formatByteCount(record.queuedBytes)));
  return parts.join(' ');
}

/** Connected by the kernel to a listener of this page, whose accept() has not been called for it. */
function waitsAtOwnListener(record: SocketTrace, playground: Playground): boolean {
  if (record.kind !== 'tcp' || record.state !== 'ESTABLISHED') return false;
  const sockets = playground.sockets();
  const server = serverEndOf(record, sockets, playground.lab());
  if (!server?.listener?.isOpen || server.lab) return false;
  return connectionsOf(server, sockets).some((one) => one.client === record && !isTaken(one));
}
/** The descriptor is one thing, the connection in the kernel another: it outlives the close. */
function stateText(record: SocketTrace, t: Messages): string {
  const { source, isOver, state, kernel, log } = record;
  if (source === 'recorded') {
    const first = log.at(0);
    return t.session.recording(first === undefined ? '' : formatDay(record.wallClock(first.at)));
  }
  if (!isOver || kernel === undefined || kernel.state === 'CLOSED') return t.session.states[state];
  const { timer } = kernel;
  return t.session.kept(kernel.state, timer === undefined ? '' : formatSpan(Math.ceil(timer / 1_000) * 1_000_000));
}

/** `:55378 ⇄ 127.0.0.1:8009`; a path for a Unix socket, the local end alone for a listener. */
function endpointsText({ kind, target, local, remote }: SocketTrace): string {
  if (kind === 'unix') return target.host;
  if (kind === 'listen') return formatEndpoint(local?.host ?? target.host, local?.port ?? target.port);
  const to = remote ?? target;
  return `${local === undefined ? '' : `:${local.port} `}⇄ ${formatEndpoint(to.host, to.port)}`;
}
