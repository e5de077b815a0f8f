import { useMemo, useSyncExternalStore } from 'react';
import type { Microseconds } from '../../../protocol/units.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { timeOrigin } from '../../../trace/trace-buffer.ts';
import type { Playground } from '../../store/playground.ts';
import { allOf } from '../../ui/use-frame.ts';
import { useGrowing } from '../../ui/use-growing.ts';
import { EventList } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';
import { TimeLineList } from './time-line-list.ts';

/** An event by its socket and its index in the log of that. */
export type EventChoice = { readonly record: SocketTrace; readonly index: number };
/** What the table shows, whether of one socket or of all. */
export type EventRows = {
  readonly count: number;
  readonly all: number;
  /** Where times count from: the first call of a socket of the page's own. */
  readonly origin: Microseconds;
  readonly at: (row: number) => EventChoice;
  readonly rowOf: (choice: EventChoice) => number | undefined;
};

const growOne = (list: EventList, isLate: () => boolean): boolean => list.update(isLate);
const growAll = (list: TimeLineList, isLate: () => boolean): boolean => list.update(isLate);

/** The events of one socket that a query picks, re-rendered at most once per frame while the log grows. */
export function useEventRows(record: SocketTrace, query: FilterQuery): EventRows {
  const list = useMemo(() => new EventList(record, query), [record, query]);
  useGrowing(record.log, list, growOne);
  return {
    count: list.count,
    all: record.log.length(),
    origin: timeOrigin([record.log]),
    at: (row) => ({ record, index: list.at(row) }),
    rowOf: (choice) => (choice.record === record ? list.rowOf(choice.index) : undefined),
  };
}

/** Those of all sockets of the page, on one line of time. */
export function useTimeLine(playground: Playground, query: FilterQuery): EventRows {
  const sockets = useSyncExternalStore(playground.subscribe, playground.sockets);
  // With each dropping of its oldest events a log is another one.
  const dropped = useSyncExternalStore(playground.subscribe, () => sockets.map(({ log }) => log.dropped).join());
  const { list, source } = useMemo(
    () => ({ list: new TimeLineList(sockets, query), source: allOf(sockets.map(({ log }) => log)), dropped }),
    [sockets, query, dropped],
  );
  useGrowing(source, list, growAll);
  return {
    count: list.count,
    all: list.all,
    origin: timeOrigin(sockets.map(({ log }) => log)),
    at: (row) => {
      const { socket, index } = list.at(row);
      return { record: sockets[socket] as SocketTrace, index };
    },
    rowOf: ({ record, index }) => list.rowOf(sockets.indexOf(record), index),
  };
}
