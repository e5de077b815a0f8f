import { type CSSProperties, useRef, useSyncExternalStore } from 'react';
import { formatEndpoint } from '../../../protocol/target.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { Composer } from '../../features/composer/Composer.tsx';
import { LabList } from '../../features/labs/LabList.tsx';
import { ListenForm } from '../../features/sockets/ListenForm.tsx';
import { SocketList } from '../../features/sockets/SocketList.tsx';
import type { DialTarget } from '../../features/target/target-draft.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import hidden from '../../ui/hidden.module.css';
import { PaneHandle } from '../../ui/PaneHandle.tsx';
import { usePaneSize } from '../../ui/pane-size.ts';
import { useShortcuts } from '../../ui/use-shortcuts.ts';
import { InspectorPane } from './InspectorPane.tsx';
import styles from './PlayPage.module.css';
import { neighbour } from './play-state.ts';
import { SocketPane } from './SocketPane.tsx';
import { TargetSection } from './TargetSection.tsx';
import { useDropped } from './use-dropped.ts';
import { usePlay } from './use-play.ts';

/** Below the lists: nobody saves before there is something to save. */
const SaveBar = deferred(
  async () => (await import('../../features/save/SaveBar.tsx')).SaveBar,
  <div className={styles.saveBar} />,
);

type PlayPageProps = { readonly playground: Playground; readonly hasSingleKeys: boolean };

const SIDEBAR = { min: 200, max: 420, initial: 252 } as const;
const INSPECTOR = { min: 300, max: 720, initial: 372 } as const;
/** Until the gateway has told its own. */
const BACKLOG_MAX = 128;
/** What the tutorial's client is made to say. */
const HELLO = encodeUtf8('hello python');

export function PlayPage({ playground, hasSingleKeys }: PlayPageProps) {
  const t = useT();
  const host = useRef<HTMLInputElement>(null);
  const box = useRef<{ focus(): void }>(null);
  const [sidebar, setSidebar] = usePaneSize('play.sidebar', SIDEBAR);
  const [inspector, setInspector] = usePaneSize('play.inspector', INSPECTOR);
  const { limits } = useSyncExternalStore(playground.subscribe, playground.gateway);
  const play = usePlay(playground, () => box.current?.focus());
  const { record, sockets, view, state, dispatch } = play;
  const dropped = useDropped(record);
  const chosen = record && state.events.get(record.id);
  // What is chosen is kept by its number among all events, also those that are dropped by now.
  const selected = chosen === undefined || chosen < dropped ? undefined : chosen - dropped;
  const inspect = (index: number | undefined) => play.inspect(index === undefined ? undefined : index + dropped);

  const step = (by: 1 | -1) => () => {
    const next = neighbour(sockets, record, by);
    if (next) play.choose(next);
  };
  useShortcuts(hasSingleKeys, {
    '/': () => box.current?.focus(),
    t: () => host.current?.focus(),
    '[': step(-1),
    ']': step(1),
    '1': () => play.setView('ladder'),
    '2': () => play.setView('table'),
    '3': () => play.setView('stream'),
    '4': () => play.setView('boundaries'),
    '5': () => play.setView('compare'),
  });

  const widths = { '--sidebar': `${sidebar}px`, '--inspector': `${inspector}px` } as CSSProperties;
  return (
    <div className={styles.page} style={widths}>
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
      <section className={styles.centre}>
        <TargetSection play={play} playground={playground} hostRef={host} />
        <SocketPane
          playground={playground}
          record={record}
          view={view}
          onView={play.setView}
          selected={selected}
          onSelect={inspect}
          onInspect={() => dispatch({ type: 'inspector opened' })}
          onHello={() => (play.dialTarget ? play.connect(HELLO) : host.current?.focus())}
        />
        <Composer
          record={record}
          dialTarget={play.dialTarget && targetText(play.dialTarget)}
          onDial={play.connect}
          boxRef={box}
        />
      </section>
      <PaneHandle
        label={t.app.play.inspectorWidth}
        controls="inspector"
        side="end"
        size={inspector}
        limits={INSPECTOR}
        onResize={setInspector}
      />
      <InspectorPane
        playground={playground}
        record={record}
        selected={selected}
        onSelect={inspect}
        isOpen={state.isInspectorOpen}
        onClose={() => dispatch({ type: 'inspector closed' })}
      />
    </div>
  );
}

function targetText({ kind, host, port }: DialTarget): string {
  return kind === 'unix' ? host : formatEndpoint(host, port);
}
