import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LadderTime } from '../../features/ladder/LadderGrid.tsx';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import type { SocketViewName } from './views.ts';

// A first visitor has no socket yet: the ladder comes while the page is looked at.
const Ladder = deferred(async () => (await import('../../features/ladder/Ladder.tsx')).Ladder);
const EventTable = deferred(async () => (await import('../../features/table/EventTable.tsx')).EventTable);
const StreamView = deferred(async () => (await import('../../features/stream/StreamView.tsx')).StreamView);
const BoundariesView = deferred(
  async () => (await import('../../features/boundaries/BoundariesView.tsx')).BoundariesView,
);

type SocketViewProps = {
  readonly view: SocketViewName;
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Where the other end of its connection may be: the sockets of the page, where nothing else is said. */
  readonly among?: readonly SocketTrace[] | undefined;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  readonly time?: LadderTime | undefined;
  /** Goes to another socket of the page; undefined where only one is looked at. */
  readonly onSocket?: ((record: SocketTrace, index: number) => void) | undefined;
};

export function SocketView({ view, among, time, onSocket, ...of }: SocketViewProps) {
  const timed = { ...of, ...(time ? { time } : {}) };
  if (view === 'table') return <EventTable {...timed} onSocket={onSocket} />;
  if (view === 'stream') return <StreamView {...of} />;
  if (view === 'boundaries') return <BoundariesView {...of} among={among} />;
  return <Ladder {...timed} />;
}
