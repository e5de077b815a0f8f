import { useEffect, useRef } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import { isWaitingForAccept, socketTone } from '../../store/socket-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Dot } from '../../ui/marks/Dot.tsx';
import { QueueSquares } from '../../ui/marks/QueueSquares.tsx';
import side from '../../ui/panes/SideItem.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './SocketItem.module.css';

type SocketItemProps = {
  readonly record: SocketTrace;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onRemove: () => void;
};

export function SocketItem({ record, isSelected, onSelect, onRemove }: SocketItemProps) {
  const t = useT();
  const live = liveOf(record);
  useLive(record);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected && item.current) bringIntoView(item.current);
  }, [isSelected]);
  const label = socketLabel(t, record);
  return (
    <li ref={item} className={`${side.item} ${styles.item}`} data-current={isSelected || undefined}>
      <button type="button" className={side.name} aria-current={isSelected || undefined} onClick={onSelect}>
        {label}
      </button>
      <span className={`${side.port} ${styles.port}`}>
        <Dot tone={socketTone(record)} /> {portText(record)}
      </span>
      <div className={styles.facts}>
        <SocketFacts record={record} />
      </div>
      {live?.kind === 'listen' && live.isOpen ? (
        <Button className={styles.action} onClick={() => live.accept()}>
          {t.sockets.accept}
        </Button>
      ) : null}
      {record.isOver ? (
        <Button look="quiet" className={styles.remove} aria-label={t.sockets.remove(label)} onClick={onRemove}>
          ×
        </Button>
      ) : null}
    </li>
  );
}

/** Within its list alone where that lies on its side: the page itself is to stay where it is. */
function bringIntoView(item: HTMLLIElement): void {
  const list = item.parentElement;
  if (list && getComputedStyle(list).display === 'flex') list.scrollLeft = item.offsetLeft - list.offsetLeft;
  else item.scrollIntoView({ block: 'nearest' });
}

function SocketFacts({ record }: { readonly record: SocketTrace }) {
  const t = useT();
  const { failure, kind, state, sent, received, pending, queueKind } = record;
  if (failure) {
    return (
      <p className={styles.failure}>
        {record.source === 'recorded' && `${t.sockets.recorded} · `}
        {failure.code} · {t.errors[failure.code].what}
      </p>
    );
  }
  if (record.source === 'recorded') {
    return (
      <p>
        {t.sockets.recorded} · {t.sockets.bytes(sent.length, received.length)}
      </p>
    );
  }
  if (kind === 'listen' && record.isOpen) {
    return (
      <p>
        {state} ·{' '}
        <QueueSquares
          filled={pending.waiting}
          places={pending.max}
          label={t.sockets.queue(pending.waiting, pending.max)}
        />{' '}
        <span className={pending.waiting > 0 ? styles.waiting : undefined}>{t.sockets.waiting(pending.waiting)}</span>
        {queueKind === 'emulated' ? <span title={t.labs.emulatedHint}> · {t.labs.emulated}</span> : null}
      </p>
    );
  }
  return (
    <p>
      {state}
      {isWaitingForAccept(record) ? <span className={styles.waiting}> · {t.sockets.notAccepted}</span> : null}
      {kind !== 'listen' && (sent.length > 0 || received.length > 0 || !isWaitingForAccept(record))
        ? ` · ${t.sockets.bytes(sent.length, received.length)}`
        : null}
    </p>
  );
}

/** The port that tells it apart: where a client went, where a listener listens, whence a peer came. */
function portText({ kind, target, local }: SocketTrace): string {
  if (kind === 'unix') return target.host.split('/').at(-1) ?? target.host;
  return String(kind === 'listen' ? (local?.port ?? target.port) : target.port);
}
