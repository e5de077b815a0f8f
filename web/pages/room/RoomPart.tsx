import { RoomBar, type RoomBarProps } from '../../features/classroom/learner/RoomBar.tsx';
import { WatchedPageView } from '../../workplaces/watched/WatchedPageView.tsx';

/** A learner's side of a class room, above every page; a page that is shown to all is drawn as one's own is. */
export function RoomPart(props: Omit<RoomBarProps, 'showPage'>) {
  const { playground } = props;
  return <RoomBar {...props} showPage={(page) => <WatchedPageView page={page} playground={playground} part="all" />} />;
}
