import { useSyncExternalStore } from 'react';
import { LabList } from '../../features/labs/LabList.tsx';
import { ListenForm } from '../../features/sockets/ListenForm.tsx';
import { SocketList } from '../../features/sockets/SocketList.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import styles from './PlaySidebar.module.css';
import type { Play } from './use-play.ts';

/** Below the lists: nobody saves before there is something to save. */
const SaveBar = deferred(
  async () => (await import('../../features/save/SaveBar.tsx')).SaveBar,
  <div className={styles.saveBar} />,
);

type PlaySidebarProps = { readonly playground: Playground; readonly play: Play };

/** Until the gateway has told its own. */
const BACKLOG_MAX = 128;

/** The servers that can be talked to and the sockets that there are, beside the workplace. */
export function PlaySidebar({ playground, play }: PlaySidebarProps) {
  const t = useT();
  const { limits } = useSyncExternalStore(playground.subscribe, playground.gateway);
  const { record } = play;
  return (
    <aside
      id="sidebar"
      className={styles.sidebar}
      data-folded={play.state.isFolded || undefined}
      aria-label={t.app.play.sidebar}
    >
      <div className={styles.lists}>
        <LabList playground={playground} isChosen={play.isTarget} onChoose={play.aim} />
        <SocketList playground={playground} selected={record} onSelect={play.choose}>
          <ListenForm
            backlogMax={limits?.backlog ?? BACKLOG_MAX}
            onListen={({ host: own, port, backlog, isReusing }) =>
              play.choose(playground.listen(own, port, backlog, isReusing ? undefined : { reuseAddress: false }))
            }
          />
        </SocketList>
      </div>
      <SaveBar playground={playground} record={record} onOpened={play.choose} />
    </aside>
  );
}
