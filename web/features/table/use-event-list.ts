import { useCallback, useMemo } from 'react';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useFrame } from '../../ui/use-frame.ts';
import { EventList } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';

/** Work per frame: a million events are through in ten frames, and no frame is late for a key or a scroll. */
const WORK_PER_FRAME: Milliseconds = 14;

/** The events that a query picks, re-rendered at most once per frame while the log grows. */
export function useEventList(record: SocketTrace, query: FilterQuery): EventList {
  const list = useMemo(() => new EventList(record, query), [record, query]);
  const read = useCallback(() => {
    const stop = performance.now() + WORK_PER_FRAME;
    const isBehind = !list.update(() => performance.now() >= stop);
    return { version: list.version, isBehind };
  }, [list]);
  useFrame(record.log, read);
  return list;
}
