import { Ladder } from '../features/ladder/Ladder.tsx';
import { StreamView } from '../features/stream/StreamView.tsx';
import { EventTable } from '../features/table/EventTable.tsx';
import type { Playground } from '../store/playground.ts';
import type { SocketRecord } from '../store/socket-record.ts';
import type { View } from './play-state.ts';

type SocketViewProps = {
  readonly view: View;
  readonly record: SocketRecord;
  readonly playground: Playground;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

export function SocketView({ view, ...of }: SocketViewProps) {
  if (view === 'table') return <EventTable {...of} />;
  if (view === 'stream') return <StreamView {...of} />;
  return <Ladder {...of} />;
}
