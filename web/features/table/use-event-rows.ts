import { useMemo, useSyncExternalStore } from 'react';
import type { Microseconds } from '../../../protocol/units.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { timeOrigin } from '../../../trace/trace-buffer.ts';
import type { Playground } from '../../store/playground.ts';
import { allOf } from '../../ui/use-frame.ts';
import { type Growing, useGrowing } from '../../ui/use-growing.ts';
import { EventList } from './event-list.ts';
import type { FilterQuery } from './filter-query.ts';
import { isByTime, type RowOrder, sortNumbers } from './row-order.ts';
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

type Of = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Of all sockets of the page, on one line of time, or of the one. */
  readonly isAll: boolean;
  readonly query: FilterQuery;
  readonly order: RowOrder;
};
/** How the rows are found: by themselves, or among others. */
type Rows = Growing &
  Pick<EventRows, 'count' | 'at' | 'rowOf'> & { readonly update: (isLate: () => boolean) => boolean };

const grow = (rows: Rows, isLate: () => boolean): boolean => rows.update(isLate);

/** The events that a query picks, re-rendered at most once per frame while the logs grow. */
export function useEventRows({ record, playground, isAll, query, order }: Of): EventRows {
  const ofPage = useSyncExternalStore(playground.subscribe, playground.sockets);
  const sockets = useMemo(() => (isAll ? ofPage : [record]), [isAll, ofPage, record]);
  // With each dropping of its oldest events a log is another one.
  const dropped = useSyncExternalStore(playground.subscribe, () => sockets.map(({ log }) => log.dropped).join());
  const { rows, source } = useMemo(() => {
    const isPlain = !isAll && isByTime(order);
    return {
      rows: isPlain ? rowsOfOne(record, query) : rowsOfMany(sockets, query, order),
      source: allOf(sockets.map(({ log }) => log)),
      dropped,
    };
  }, [isAll, record, sockets, query, order, dropped]);
  useGrowing(source, rows, grow);
  return {
    count: rows.count,
    all: sockets.reduce((sum, { log }) => sum + log.length(), 0),
    origin: timeOrigin(sockets.map(({ log }) => log)),
    at: rows.at,
    rowOf: rows.rowOf,
  };
}

function rowsOfOne(record: SocketTrace, query: FilterQuery): Rows {
  const list = new EventList(record, query);
  return {
    get version() {
      return list.version;
    },
    get count() {
      return list.count;
    },
    update: (isLate) => list.update(isLate),
    at: (row) => ({ record, index: list.at(row) }),
    rowOf: (choice) => (choice.record === record ? list.rowOf(choice.index) : undefined),
  };
}

function rowsOfMany(sockets: readonly SocketTrace[], query: FilterQuery, order: RowOrder): Rows {
  const list = new TimeLineList(sockets, query, sortNumbers(order, sockets));
  return {
    get version() {
      return list.version;
    },
    get count() {
      return list.count;
    },
    update: (isLate) => list.update(isLate),
    at: (row) => {
      const { socket, index } = list.at(row);
      return { record: sockets[socket] as SocketTrace, index };
    },
    rowOf: ({ record, index }) => list.rowOf(sockets.indexOf(record), index),
  };
}
