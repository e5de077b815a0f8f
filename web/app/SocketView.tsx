import { lazy, Suspense } from 'react';
import { Ladder } from '../features/ladder/Ladder.tsx';
import { StreamView } from '../features/stream/StreamView.tsx';
import { EventTable } from '../features/table/EventTable.tsx';
import type { Playground } from '../store/playground.ts';
import type { SocketRecord } from '../store/socket-record.ts';
import type { View } from './play-state.ts';

// What is not seen at first is loaded when it is opened.
const BoundariesView = lazy(async () => {
  return { default: (await import('../features/boundaries/BoundariesView.tsx')).BoundariesView };
});

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
  if (view === 'boundaries') {
    return (
      <Suspense>
        <BoundariesView {...of} />
      </Suspense>
    );
  }
  return <Ladder {...of} />;
}
