import { type MouseEvent, useEffect, useSyncExternalStore } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { FailureCard } from '../../features/session/FailureCard.tsx';
import { EmptySessionBar, SessionBar } from '../../features/session/SessionBar.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { TabList, TabPanel } from '../../ui/Tabs.tsx';
import { EmptyView } from './EmptyView.tsx';
import styles from './PlayPage.module.css';
import { type SocketViewName, VIEWS, type View } from './play-state.ts';
import { SocketView } from './SocketView.tsx';
import { useDropped } from './use-dropped.ts';

/** Of two sockets, not of the one that is looked at; it opens its own. */
const CompareView = deferred(async () => (await import('../../features/compare/CompareView.tsx')).CompareView);

type SocketPaneProps = {
  readonly playground: Playground;
  readonly record: SocketTrace | undefined;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  readonly onInspect: () => void;
  readonly onHello: () => void;
};

/** Where the inspector is a drawer: PlayPage.module.css. */
const DRAWER = '(max-width: 1099px)';

/** One socket: how it stands, and the view of it that was chosen. */
export function SocketPane(props: SocketPaneProps) {
  const { playground, record, view, onView, onInspect, onHello } = props;
  const t = useT();
  const tabs = (
    <>
      <TabList
        label={t.session.view}
        name="view"
        tabs={VIEWS.map((id) => ({ id, label: t.session.views[id] }))}
        selected={view}
        onSelect={onView}
      />
      <Button className={styles.inspect} onClick={onInspect}>
        {t.app.play.showInspector}
      </Button>
    </>
  );
  /** A row that is tapped opens up at once where the inspector has no place of its own; the keyboard has its button. */
  function onClick(event: MouseEvent<HTMLDivElement>): void {
    const isRow = event.target instanceof Element && event.target.closest('[role="gridcell"]') !== null;
    if (isRow && window.matchMedia(DRAWER).matches) onInspect();
  }
  return (
    <>
      {record ? <SessionBar record={record}>{tabs}</SessionBar> : <EmptySessionBar>{tabs}</EmptySessionBar>}
      <TabPanel name="view" tab={view} className={styles.view} onClick={onClick}>
        {view === 'compare' ? <CompareView playground={playground} /> : null}
        {view !== 'compare' && record ? <RecordView {...props} view={view} record={record} /> : null}
        {view !== 'compare' && !record ? <EmptyView onHello={onHello} /> : null}
      </TabPanel>
    </>
  );
}

function RecordView({
  playground,
  record,
  view,
  selected,
  onSelect,
}: SocketPaneProps & { readonly record: SocketTrace; readonly view: SocketViewName }) {
  const failure = useSyncExternalStore(record.subscribe, () => record.failure);
  const isOpen = useSyncExternalStore(record.subscribe, () => record.isOpen);
  const dropped = useDropped(record);
  const droppedDatagrams = useSyncExternalStore(record.subscribe, () => record.droppedDatagrams);
  const t = useT();
  // The kernel's own word on the socket that is looked at: only it can tell FIN-WAIT-1 from FIN-WAIT-2.
  useEffect(() => {
    if (!isOpen) return;
    return playground.watch(record);
  }, [playground, record, isOpen]);
  return (
    <>
      {failure ? (
        <div className={styles.failure}>
          <FailureCard code={failure.code} detail={failure.text} />
        </div>
      ) : null}
      {dropped > 0 ? <p className={styles.dropped}>{t.app.play.dropped(dropped, record.log.kept)}</p> : null}
      {droppedDatagrams > 0 ? <p className={styles.dropped}>{t.app.play.droppedDatagrams(droppedDatagrams)}</p> : null}
      <SocketView
        key={`${record.id} ${dropped}`}
        view={view}
        record={record}
        playground={playground}
        selected={selected}
        onSelect={onSelect}
      />
    </>
  );
}
