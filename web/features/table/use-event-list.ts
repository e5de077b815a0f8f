import { useMemo } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useGrowing } from '../../ui/use-growing.ts';
import { EventList } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';

const grow = (list: EventList, isLate: () => boolean): boolean => list.update(isLate);

/** The events that a query picks, re-rendered at most once per frame while the log grows. */
export function useEventList(record: SocketTrace, query: FilterQuery): EventList {
  const list = useMemo(() => new EventList(record, query), [record, query]);
  return useGrowing(record.log, list, grow);
}
