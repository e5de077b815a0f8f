import type { CSSProperties } from 'react';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import hidden from '../../ui/hidden.module.css';
import { PaneHandle } from '../../ui/panes/PaneHandle.tsx';
import { usePaneSize } from '../../ui/panes/pane-size.ts';
import { PlaySidebar } from '../../workplaces/play/PlaySidebar.tsx';
import { PlayWorkplace } from '../../workplaces/play/PlayWorkplace.tsx';
import { usePlay } from '../../workplaces/play/use-play.ts';
import styles from './PlayPage.module.css';

type PlayPageProps = { readonly playground: Playground; readonly hasSingleKeys: boolean };

const SIDEBAR = { min: 200, max: 420, initial: 252 } as const;

export function PlayPage({ playground, hasSingleKeys }: PlayPageProps) {
  const t = useT();
  const [sidebar, setSidebar] = usePaneSize('play.sidebar', SIDEBAR);
  const play = usePlay(playground);
  return (
    <div className={styles.page} style={{ '--sidebar': `${sidebar}px` } as CSSProperties}>
      <h1 className={hidden.hidden}>{t.app.pages.play}</h1>
      <PlaySidebar playground={playground} play={play} />
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
