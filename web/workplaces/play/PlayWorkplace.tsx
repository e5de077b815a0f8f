import type { CSSProperties } from 'react';
import { formatEndpoint } from '../../../protocol/target.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { Composer } from '../../features/composer/Composer.tsx';
import type { DialTarget } from '../../features/target/target-draft.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { useMatches } from '../../ui/page/use-matches.ts';
import { useShortcuts } from '../../ui/page/use-shortcuts.ts';
import { PaneHandle } from '../../ui/panes/PaneHandle.tsx';
import { usePaneSize } from '../../ui/panes/pane-size.ts';
import { InspectorPane } from '../socket/InspectorPane.tsx';
import { useChosenEvent } from '../socket/use-chosen-event.ts';
import styles from './PlayWorkplace.module.css';
import { neighbour } from './play-state.ts';
import { SocketPane } from './SocketPane.tsx';
import { TargetSection } from './TargetSection.tsx';
import { TryOut } from './TryOut.tsx';
import type { Play } from './use-play.ts';

type PlayWorkplaceProps = {
  readonly playground: Playground;
  /** Of usePlay: what is chosen, which a list of sockets beside the workplace shows too. */
  readonly play: Play;
  readonly hasSingleKeys: boolean;
  /** `drawer`: over the view at every width, where something else takes the room beside it. */
  readonly inspector?: 'beside' | 'drawer';
};

const INSPECTOR = { min: 300, max: 720, initial: 372 } as const;
/** What the tutorial's client is made to say. */
const HELLO = encodeUtf8('hello python');
/** No room for an inspector beside the view. */
const NARROW = '(max-width: 1279px)';

/** Where sockets are used by hand: the target, the socket that is looked at, what is sent on it, and the inspector. */
export function PlayWorkplace({ playground, play, hasSingleKeys, inspector = 'beside' }: PlayWorkplaceProps) {
  const t = useT();
  const [width, setWidth] = usePaneSize('play.inspector', INSPECTOR);
  const isNarrow = useMatches(NARROW);
  const isDrawer = inspector === 'drawer' || isNarrow;
  const { record, sockets, view, state, dispatch, host, box } = play;
  const { isFolded } = state;
  const { selected, select } = useChosenEvent(record, record && state.events.get(record.id), play.inspect);

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
    '6': () => play.setView('room'),
    '7': () => play.setView('ports'),
  });
  const threaded = playground.lab().find(({ name }) => name === 'Threaded echo');
  function sayHello(): void {
    if (play.dialTarget) play.connect(HELLO, true);
    else host.current?.focus();
  }
  return (
    <div
      className={styles.workplace}
      data-drawer={isDrawer || undefined}
      style={{ '--inspector': `${width}px` } as CSSProperties}
    >
      <section className={styles.centre}>
        <div className={styles.setup} data-folded={isFolded || undefined}>
          <TargetSection play={play} playground={playground} hostRef={host} />
        </div>
        {inspector === 'beside' ? <TryOut playground={playground} play={play} onHello={sayHello} /> : null}
        <SocketPane
          playground={playground}
          record={record}
          view={view}
          onView={play.setView}
          selected={selected}
          onSelect={select}
          onSocket={play.show}
          onInspect={isDrawer ? () => dispatch({ type: 'inspector opened' }) : undefined}
          isFolded={isFolded}
          isBarFolded={isFolded && inspector === 'beside'}
          onFold={(folded) => dispatch({ type: 'folded', isFolded: folded })}
          onHello={inspector === 'beside' ? undefined : sayHello}
          relay={play.relay}
          onElsewhere={threaded && (() => play.choose(playground.connect('tcp', threaded.host, threaded.port)))}
        />
        <Composer
          record={record}
          dialTarget={play.dialTarget && targetText(play.dialTarget)}
          onDial={play.connect}
          boxRef={box}
          linkOf={play.linkOf}
        />
      </section>
      {isDrawer ? null : (
        <PaneHandle
          label={t.app.play.inspectorWidth}
          controls="inspector"
          side="end"
          size={width}
          limits={INSPECTOR}
          onResize={setWidth}
        />
      )}
      <InspectorPane
        playground={playground}
        record={record}
        selected={selected}
        onSelect={select}
        isDrawer={isDrawer}
        isOpen={state.isInspectorOpen}
        onClose={() => dispatch({ type: 'inspector closed' })}
      />
    </div>
  );
}

function targetText({ kind, host, port }: DialTarget): string {
  return kind === 'unix' ? host : formatEndpoint(host, port);
}
