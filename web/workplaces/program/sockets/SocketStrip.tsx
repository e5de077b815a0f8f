import { useState } from 'react';
import { formatEndpoint } from '../../../../protocol/target.ts';
import type { SocketTrace } from '../../../../trace/socket-trace.ts';
import { socketLabel } from '../../../i18n/labels.ts';
import { useT } from '../../../i18n/t.ts';
import { socketTone } from '../../../store/socket-view.ts';
import hidden from '../../../ui/hidden.module.css';
import { Dot } from '../../../ui/marks/Dot.tsx';
import { useLive } from '../../../ui/use-live.ts';
import type { OwnedSocket } from './program-sockets.ts';
import styles from './SocketStrip.module.css';

type SocketStripProps = {
  readonly sockets: readonly OwnedSocket[];
  /** Of a recording that was opened, and of a replay. */
  readonly others: readonly SocketTrace[];
  /** The one that the view shows; undefined: all of them. */
  readonly shown: SocketTrace | undefined;
  /** The view can show all of them. */
  readonly hasAll: boolean;
  readonly onShow: (record: SocketTrace | undefined) => void;
};

/** A program may have had a thousand: so many stand in the strip, the newest. */
const SHOWN = 40;

/** The programs' sockets in a row: the one that is looked at, or all of them together. */
export function SocketStrip({ sockets, others, shown, hasAll, onShow }: SocketStripProps) {
  const t = useT();
  const [isWhole, setWhole] = useState(false);
  const earlier = isWhole ? 0 : Math.max(0, sockets.length - SHOWN);
  if (sockets.length + others.length === 0) return null;
  return (
    <ul aria-label={t.program.sockets.list} className={styles.strip}>
      {hasAll ? (
        <li>
          <button type="button" className={styles.chip} aria-pressed={!shown} onClick={() => onShow(undefined)}>
            {t.program.sockets.all}
          </button>
        </li>
      ) : null}
      {earlier > 0 ? (
        <li>
          <button type="button" className={styles.chip} onClick={() => setWhole(true)}>
            {t.sockets.earlier(earlier)}
          </button>
        </li>
      ) : null}
      {sockets.slice(earlier).map((socket) => (
        <Chip
          key={`${socket.program} ${socket.record.id}`}
          {...socket}
          isShown={socket.record === shown}
          onShow={() => onShow(socket.record)}
        />
      ))}
      {others.map((record) => (
        <Chip key={`other ${record.id}`} record={record} isShown={record === shown} onShow={() => onShow(record)} />
      ))}
    </ul>
  );
}

type ChipProps = {
  readonly record: SocketTrace;
  readonly program?: string;
  readonly run?: number;
  readonly isShown: boolean;
  readonly onShow: () => void;
};

function Chip({ record, program, run, isShown, onShow }: ChipProps) {
  const t = useT();
  useLive(record);
  const name = `${program ?? t.program.sockets.opened} ${socketLabel(t, record)}`;
  return (
    <li className={styles.item}>
      {run === undefined ? null : <span className={styles.run}>{t.ladder.run(run)}</span>}
      <button type="button" className={styles.chip} aria-pressed={isShown} onClick={onShow}>
        <Dot tone={socketTone(record)} /> {name} <span className={styles.port}>{portText(record)}</span>{' '}
        <span className={record.state === 'ESTABLISHED' && !record.failure ? hidden.hidden : styles.state}>
          {record.failure?.code ?? record.state}
        </span>
        {record.proxy ? (
          <span className={styles.proxy} title={t.session.proxiedHint}>
            {' '}
            <Dot tone="wait" /> {t.session.proxied(formatEndpoint(record.proxy.host, record.proxy.port))}
          </span>
        ) : null}
      </button>
    </li>
  );
}

/** The port that tells it apart: a client's own, the port a listener listens on, whence a peer came. */
function portText({ kind, local, remote }: SocketTrace): string {
  const port = (kind === 'accepted' ? remote : local)?.port;
  return port === undefined ? '' : `:${port}`;
}
