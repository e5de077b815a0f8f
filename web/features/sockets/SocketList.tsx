import { type ReactNode, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import side from '../../ui/panes/SideItem.module.css';
import { useLive } from '../../ui/use-live.ts';
import { SocketItem } from './SocketItem.tsx';
import styles from './SocketList.module.css';
import { SOCKETS_SHOWN, socketWindow } from './socket-window.ts';

type SocketListProps = {
  readonly playground: Playground;
  readonly selected: SocketTrace | undefined;
  readonly onSelect: (record: SocketTrace) => void;
  /** What opens a listener, beside the title. */
  readonly children: ReactNode;
};

export function SocketList({ playground, selected, onSelect, children }: SocketListProps) {
  const t = useT();
  useLive(playground);
  const sockets = playground.sockets();
  /** Where a person went to, while this one was selected. */
  const [chosen, setChosen] = useState<{ readonly first: number; readonly selected: SocketTrace | undefined }>();
  const isChosen = chosen !== undefined && chosen.selected === selected;
  const index = selected === undefined ? -1 : sockets.indexOf(selected);
  const { first, end } = socketWindow(sockets.length, index, isChosen ? chosen.first : undefined);
  const go = (by: number) => setChosen({ first: Math.max(0, first + by), selected });
  return (
    <section>
      <div className={styles.head}>
        <h2 id="sockets-title" className={side.title}>
          {t.sockets.title}
        </h2>
        {children}
      </div>
      {sockets.length > 1 ? (
        <div className={styles.all}>
          <Button
            look="quiet"
            isDisabled={!sockets.some(({ isOpen }) => isOpen)}
            onClick={() => {
              for (const record of sockets) liveOf(record)?.close();
            }}
          >
            {t.sockets.closeAll}
          </Button>
          <Button
            look="quiet"
            isDisabled={!sockets.some(({ isOver }) => isOver)}
            onClick={() => {
              for (const record of sockets) playground.remove(record);
            }}
          >
            {t.sockets.removeClosed}
          </Button>
        </div>
      ) : null}
      {sockets.length === 0 ? <p className={side.none}>{t.sockets.none}</p> : null}
      {first > 0 ? <Button onClick={() => go(-SOCKETS_SHOWN)}>{t.sockets.earlier(first)}</Button> : null}
      <ul aria-labelledby="sockets-title" className={side.list}>
        {sockets.slice(first, end).map((record) => (
          <SocketItem
            key={record.id}
            record={record}
            isSelected={record === selected}
            onSelect={() => onSelect(record)}
            onRemove={() => playground.remove(record)}
          />
        ))}
      </ul>
      {end < sockets.length ? (
        <Button onClick={() => go(SOCKETS_SHOWN)}>{t.sockets.later(sockets.length - end)}</Button>
      ) : null}
    </section>
  );
}
