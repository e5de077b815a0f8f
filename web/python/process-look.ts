import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { KernelState } from '../../protocol/messages/stats.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { SocketState } from '../../trace/socket.ts';
import { type PythonCallName, siteOf } from './call-sites.ts';
import type { SocketTable } from './sockets/socket-table.ts';
import type { Stepping } from './stepping.ts';
import type { Waiters } from './waiters.ts';

export type LookedThread = {
  /** Its number in the process. */
  readonly ident: number;
  /** Empty: the main one. */
  readonly name: string;
  /** `stands`: before the call, until it is let go on. `waits`: within it. */
  readonly doing: 'stands' | 'waits';
  readonly call: PythonCallName;
  /** The descriptors that it waits for. */
  readonly descriptors: readonly number[];
  /** ms on the clock of `performance.timeOrigin`. */
  readonly since: Milliseconds;
  /** Functions of the program, the innermost first; the module itself has no name. */
  readonly frames: readonly { readonly name: string; readonly line: number }[];
  readonly variables: Readonly<Record<string, string>>;
};
export type LookedSocket = {
  readonly fd: number;
  /** Its trace's number in the process; none of a pair within the process. */
  readonly socket: number | undefined;
  readonly state: SocketState;
  readonly local: Endpoint | undefined;
  readonly remote: Endpoint | undefined;
  /** A listener's accept queue: connections that accept() has not returned. */
  readonly waiting: number;
  readonly backlog: number;
  readonly options: readonly string[];
  /** Bytes that have come to the tab and that no recv() has taken. */
  readonly unread: ByteCount;
  /** Bytes that a send() has given, and that are not in the kernel's send buffer yet. */
  readonly underWay: ByteCount;
  readonly kernel: Pick<KernelState, 'receiveQueue' | 'sendQueue'> | undefined;
};
/** A process between two calls. */
export type ProcessLook = { readonly threads: readonly LookedThread[]; readonly sockets: readonly LookedSocket[] };

/** As shim/stepping.py tells it. */
type ToldThread = Pick<LookedThread, 'ident' | 'name' | 'frames' | 'variables'> & { readonly waiter: number };

/** How things stand in the process: what Python tells of its threads, joined with what they wait for, and the table of sockets. */
export function lookAt(
  told: string,
  waiters: Waiters,
  stepping: Stepping,
  table: SocketTable,
  kernel: ReadonlyMap<number, KernelState>,
): ProcessLook {
  const threads = (JSON.parse(told) as readonly ToldThread[]).flatMap(({ waiter, ...thread }) => {
    const place = waiters.placeOf(waiter);
    if (!place || place.site <= 0) return [];
    const doing = stepping.has(waiter) ? ('stands' as const) : ('waits' as const);
    const { call } = siteOf(place.site);
    const since = performance.timeOrigin + place.since;
    return [
      { ...thread, doing, call, since, descriptors: waiters.descriptorsOf(waiter).map((fd) => table.shownNumber(fd)) },
    ];
  });
  return { threads, sockets: [...table.all()].flatMap(([fd, entry]) => lookAtSocket(fd, entry, kernel)) };
}

function lookAtSocket(
  fd: number,
  entry: NonNullable<ReturnType<SocketTable['get']>>,
  kernel: ReadonlyMap<number, KernelState>,
): readonly LookedSocket[] {
  if (entry.twin || !entry.log) return [];
  const state = entry.stream && kernel.get(entry.stream.id);
  return [
    {
      fd,
      socket: entry.log.id,
      state: entry.phase === 'listening' ? 'LISTEN' : entry.state,
      local: entry.name,
      remote: entry.remote,
      waiting: entry.waiting + entry.accepted.length,
      backlog: entry.backlog,
      options: Object.entries(entry.options).map(([name, value]) => `${name} ${value}`),
      unread: entry.isStream ? entry.receivedBytes : entry.datagrams.reduce((sum, { bytes }) => sum + bytes.length, 0),
      underWay: entry.underWay,
      kernel: state && { receiveQueue: state.receiveQueue, sendQueue: state.sendQueue },
    },
  ];
}
