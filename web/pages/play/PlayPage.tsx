import { type CSSProperties, useSyncExternalStore } from 'react';
import { LabList } from '../../features/labs/LabList.tsx';
import { ListenForm } from '../../features/sockets/ListenForm.tsx';
import { SocketList } from '../../features/sockets/SocketList.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import hidden from '../../ui/hidden.module.css';
import { PaneHandle } from '../../ui/PaneHandle.tsx';
import { usePaneSize } from '../../ui/pane-size.ts';
import { PlayWorkplace } from '../../workplaces/play/PlayWorkplace.tsx';
import { usePlay } from '../../workplaces/play/use-play.ts';
import styles from './PlayPage.module.css';

/** Below the lists: nobody saves before there is something to save. */
const SaveBar = deferred(
  async () => (await import('../../features/save/SaveBar.tsx')).SaveBar,
  <div className={styles.saveBar} />,
);

type PlayPageProps = { readonly playground: Playground; readonly hasSingleKeys: boolean };

const SIDEBAR = { min: 200, max: 420, initial: 252 } as const;
/** Until the gateway has told its own. */
const BACKLOG_MAX = 128;

export function PlayPage({ playground, hasSingleKeys }: PlayPageProps) {
  const t = useT();
  const [sidebar, setSidebar] = usePaneSize('play.sidebar', SIDEBAR);
  const { limits } = useSyncExternalStore(playground.subscribe, playground.gateway);
  const play = usePlay(playground);
  const { record } = play;
  return (
    <div className={styles.page} style={{ '--sidebar': `${sidebar}px` } as CSSProperties}>
      <h1 className={hidden.hidden}>{t.app.pages.play}</h1>
      <aside id="sidebar" className={styles.sidebar} aria-label={t.app.play.sidebar}>
        <LabList playground={playground} isChosen={play.isTarget} onChoose={play.aim} />
        <SocketList playground={playground} selected={record} onSelect={play.choose}>
          <ListenForm
            backlogMax={limits?.backlog ?? BACKLOG_MAX}
            onListen={({ host: own, port, backlog, isReusing }) =>
              play.choose(playground.listen(own, port, backlog, isReusing ? undefined : { reuseAddress: false }))
            }
          />
        </SocketList>
        <SaveBar playground={playground} record={record} onOpened={play.choose} />
      </aside>
      <PaneHandle
        label={t.app.play.sidebarWidth}
        controls="sidebar"
        side="start"
        size={sidebar}
        limits={SIDEBAR}
        onResize={setSidebar}
      />
      <PlayWorkplace playground={playground} play={play} hasSingleKeys={hasSingleKeys} />
    </div>
  );
}
