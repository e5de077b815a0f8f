import { useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import { useT } from '../../i18n/t.ts';
import type { WatchedPage } from '../../store/classroom/watched-page.ts';
import type { Playground } from '../../store/playground.ts';
import { useLive } from '../../ui/use-live.ts';
import { SocketView } from '../socket/SocketView.tsx';
import { SOCKET_VIEWS, type SocketViewName } from '../socket/views.ts';
import { endsText } from './ends-text.ts';
import styles from './WatchedPageView.module.css';

type WatchedPageViewProps = { readonly page: WatchedPage; readonly playground: Playground };

/** Somebody else's sockets in the views of one's own; they can be looked at, and nothing else. */
export function WatchedPageView({ page, playground }: WatchedPageViewProps) {
  const t = useT();
  const { live } = useClassWords().teach.seat;
  useLive(page);
  const [chosen, setChosen] = useState<number>();
  const [view, setView] = useState<SocketViewName>('ladder');
  const [selected, setSelected] = useState<number>();
  const { sockets } = page;
  // The newest, until another one is chosen.
  const record = sockets.find(({ id }) => id === chosen) ?? sockets.at(-1);
  if (!page.isBegun) return <p>{live.waiting}</p>;
  if (!record) return <p>{live.none}</p>;
  return (
    <div className={styles.watched}>
      <div className={styles.choices}>
        <label>
          {live.socket}{' '}
          <select value={record.id} onChange={({ target }) => setChosen(Number(target.value))}>
            {sockets.map((socket) => (
              <option key={socket.id} value={socket.id}>
                {endsText(socket)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.session.view}{' '}
          <select value={view} onChange={({ target }) => setView(target.value as SocketViewName)}>
            {SOCKET_VIEWS.map((one) => (
              <option key={one} value={one}>
                {t.session.views[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className={styles.view}>
        <SocketView
          key={record.id}
          view={view}
          record={record}
          playground={playground}
          among={sockets}
          selected={selected}
          onSelect={setSelected}
        />
      </div>
    </div>
  );
}
