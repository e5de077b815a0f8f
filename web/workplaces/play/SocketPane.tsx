import { useState } from 'react';
import { dialledAddress } from '../../../protocol/loopback.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { RelayContext } from '../../features/answers/relay-context.ts';
import { ReadSwitch } from '../../features/reading/ReadSwitch.tsx';
import { ListenHint } from '../../features/session/ListenHint.tsx';
import { EmptySocketBar, SocketBar } from '../../features/session/SocketBar.tsx';
import { WaitNotice } from '../../features/session/WaitNotice.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import { useStored } from '../../platform/stored.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { TabPanel } from '../../ui/Tabs.tsx';
import { SocketContent } from '../socket/SocketContent.tsx';
import { parseTime, TimeChoice } from '../socket/TimeChoice.tsx';
import { isRowPress, ViewTabs } from '../socket/ViewTabs.tsx';
import { EmptyView } from './EmptyView.tsx';
import styles from './PlayWorkplace.module.css';
import { isSocketView, VIEWS, type View } from './play-state.ts';

/** Of two sockets, not of the one that is looked at; it opens its own. */
const CompareView = deferred(async () => (await import('../../features/compare/CompareView.tsx')).CompareView);

const WaitingRoomView = deferred(
  async () => (await import('../../features/server-views/WaitingRoomView.tsx')).WaitingRoomView,
);
const PortsView = deferred(async () => (await import('../../features/server-views/PortsView.tsx')).PortsView);
const TroubleHint = deferred(async () => (await import('../../features/session/TroubleHint.tsx')).TroubleHint);
/** Comes with its picture and its words. */
const Stations = deferred(async () => (await import('../../features/reading/Stations.tsx')).Stations);
const DriverPanel = deferred(async () => (await import('../../features/answers/DriverPanel.tsx')).DriverPanel);

type SocketPaneProps = {
  readonly playground: Playground;
  readonly record: SocketTrace | undefined;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  /** Another socket is to be looked at, and an event of it. */
  readonly onSocket: (record: SocketTrace, index: number) => void;
  /** Opens the inspector, where it is a drawer. */
  readonly onInspect: (() => void) | undefined;
  /** Undefined where something else on the page says hello. */
  readonly onHello: (() => void) | undefined;
  /** Connects to a server that takes everybody at once. */
  readonly onElsewhere: (() => void) | undefined;
  /** Where it is narrow, what a socket is opened and closed with is folded away while one is looked at. */
  readonly isFolded: boolean;
  /** A lesson says which of the socket's buttons to press and what stands beside them: they stay. */
  readonly isBarFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
  readonly relay: RelayContext;
};

/** One socket: how it stands, and the view of it that was chosen. */
export function SocketPane({
  playground,
  record,
  view,
  onView,
  selected,
  onSelect,
  onSocket,
  onInspect,
  onHello,
  onElsewhere,
  isFolded,
  isBarFolded,
  onFold,
  relay,
}: SocketPaneProps) {
  const t = useT();
  const [time, setTime] = useStored('browser', 'play.time', parseTime);
  const [isPictureOpen, setPictureOpen] = useState(false);
  const live = liveOf(record);
  return (
    <>
      {record ? (
        <SocketBar
          record={record}
          isFolded={isBarFolded}
          playground={playground}
          reading={<ReadSwitch record={record} isPictureOpen={isPictureOpen} onPicture={setPictureOpen} />}
        >
          <Button
            look="quiet"
            className={styles.fold}
            aria-label={t.app.play.setup}
            aria-expanded={!isFolded}
            onClick={() => onFold(!isFolded)}
          >
            <span aria-hidden="true">{isFolded ? '▾' : '▴'}</span>
          </Button>
        </SocketBar>
      ) : (
        <EmptySocketBar />
      )}
      <ViewTabs
        tabs={VIEWS.map((id) => ({ id, label: t.session.views[id] }))}
        view={view}
        onView={onView}
        onInspect={onInspect}
      >
        {(view === 'ladder' || view === 'table') && record ? <TimeChoice time={time} onTime={setTime} /> : null}
      </ViewTabs>
      {record && isSocketView(view) ? (
        <>
          <WaitNotice record={record} playground={playground} onElsewhere={onElsewhere} />
          {isPictureOpen && record.kind !== 'listen' ? (
            <Stations key={`picture ${record.id}`} record={record} playground={playground} />
          ) : null}
          <TroubleHint key={`trouble ${record.id}`} record={record} />
          <ListenHint key={`listening ${record.id}`} record={record} onClient={() => connectTo(playground, record)} />
          {live ? <DriverPanel key={`driver ${record.id}`} live={live} relay={relay} /> : null}
        </>
      ) : null}
      <TabPanel
        name="view"
        tab={view}
        className={styles.view}
        isFocusable={isSocketView(view) && !record}
        onClick={(event) => {
          if (isRowPress(event)) onInspect?.();
        }}
      >
        {view === 'compare' ? <CompareView playground={playground} /> : null}
        {view === 'room' ? <WaitingRoomView playground={playground} record={record} /> : null}
        {view === 'ports' ? <PortsView playground={playground} record={record} /> : null}
        {isSocketView(view) && record ? (
          <SocketContent
            playground={playground}
            record={record}
            view={view}
            selected={selected}
            onSelect={onSelect}
            time={time}
            onSocket={onSocket}
          />
        ) : null}
        {isSocketView(view) && !record ? <EmptyView onHello={onHello} /> : null}
      </TabPanel>
    </>
  );
}

/** A client of this page; the listener stays the one that is looked at. */
function connectTo(playground: Playground, { local }: SocketTrace): void {
  if (!local) return;
  playground.connect('tcp', dialledAddress(local.host), local.port);
}
