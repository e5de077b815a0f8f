import type { ReactNode } from 'react';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import type { SocketRecord } from '../../store/socket-record.ts';
import side from '../../ui/SideItem.module.css';
import { useLive } from '../../ui/use-live.ts';
import { SocketItem } from './SocketItem.tsx';
import styles from './SocketList.module.css';

type SocketListProps = {
  readonly playground: Playground;
  readonly selected: SocketRecord | undefined;
  readonly onSelect: (record: SocketRecord) => void;
  /** What opens a listener, beside the title. */
  readonly children: ReactNode;
};

export function SocketList({ playground, selected, onSelect, children }: SocketListProps) {
  const t = useT();
  useLive(playground);
  const sockets = playground.sockets();
  return (
    <section>
      <div className={styles.head}>
        <h2 id="sockets-title" className={side.title}>
          {t.sockets.title}
        </h2>
        {children}
      </div>
      {sockets.length === 0 ? <p className={side.none}>{t.sockets.none}</p> : null}
      <ul aria-labelledby="sockets-title" className={side.list}>
        {sockets.map((record) => (
          <SocketItem
            key={record.id}
            record={record}
            isSelected={record === selected}
            onSelect={() => onSelect(record)}
          />
        ))}
      </ul>
    </section>
  );
}
