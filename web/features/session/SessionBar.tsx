import type { ReactNode } from 'react';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Messages } from '../../i18n/en.ts';
import { formatByteCount, formatSpan } from '../../i18n/format.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { isWaitingForAccept } from '../../store/socket-view.ts';
import { StatusPill } from '../../ui/StatusPill.tsx';
import { useLive } from '../../ui/use-live.ts';
import { ClosingButtons } from './ClosingButtons.tsx';
import styles from './SessionBar.module.css';
import { SocketState } from './SocketState.tsx';

type SessionBarProps = {
  readonly record: SocketTrace;
  /** Where it is narrow, only the name and the state stand there. */
  readonly isFolded: boolean;
  /** The gateway is out of reach: how the socket stands is known from before. */
  readonly isLastKnown?: boolean;
  /** What unfolds it. */
  readonly children: ReactNode;
};

/** Which socket is looked at, how it stands, and how it can be ended. */
export function SessionBar({ record, isFolded, isLastKnown = false, children }: SessionBarProps) {
  const t = useT();
  useLive(record);
  const meaning = useMeaning(record);
  return (
    <header className={styles.bar} data-folded={isFolded || undefined}>
      <div className={styles.row}>
        <strong>{socketLabel(t, record)}</strong>
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
      {record.failure ? null : (
        <p className={styles.meaning}>{isLastKnown && record.isOpen ? t.session.lastKnown(meaning) : meaning}</p>
      )}
    </header>
  );
}

/** The bar while there is no socket: the same places, nothing to press. */
export function EmptySessionBar() {
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

function useMeaning(record: SocketTrace): string {
  const t = useT();
  const parts = [isWaitingForAccept(record) ? t.session.waitingForAccept : stateText(record, t)];
  if (record.queuedBytes > 0) parts.push(t.session.queued(formatByteCount(record.queuedBytes)));
  return parts.join(' ');
}

/** The descriptor is one thing, the connection in the kernel another: it outlives the close. */
function stateText({ source, isOver, state, kernel }: SocketTrace, t: Messages): string {
  if (source === 'recorded') return t.session.recording;
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
