import { CALL_NAMES, type Call } from '../../../protocol/call.ts';
import type { TraceEvent } from '../../../trace/event.ts';

/** What rows can be sorted by; of each the rows with one value stand by time. */
export const SORT_KEYS = ['time', 'socket', 'end', 'call', 'direction', 'length'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type RowOrder = { readonly by: SortKey; readonly isDescending: boolean };

export const BY_TIME: RowOrder = { by: 'time', isDescending: false };

/** Of a socket what its rows say of their end: `kind` of its own, `lab` of the other. */
export type EndNames = { readonly kind: string; readonly lab?: string | undefined };

const CALL_RANKS = new Map<Call, number>(CALL_NAMES.toSorted(byName).map((call, rank) => [call, rank]));
const DIRECTION_RANKS = { sent: 0, received: 1 } as const;
const NO_DIRECTION = 2;
/** A call that moved no bytes stands before one that moved 0. */
const NO_LENGTH = -1;

export function isByTime({ by, isDescending }: RowOrder): boolean {
  return by === BY_TIME.by && isDescending === BY_TIME.isDescending;
}

/** What a press on the head of a column leads to: up, then down, then by time again. */
export function nextOrder({ by, isDescending }: RowOrder, key: SortKey): RowOrder {
  if (by !== key) return { by: key, isDescending: false };
  return isDescending ? BY_TIME : { by, isDescending: true };
}

/** The number that an event's row is sorted by; `socket` is its index in `sockets`. */
export function sortNumbers(
  { by, isDescending }: RowOrder,
  sockets: readonly EndNames[],
): (event: TraceEvent, socket: number) => number {
  const sign = isDescending ? -1 : 1;
  if (by === 'time') return (event) => sign * event.at;
  if (by === 'socket') return (_, socket) => sign * socket;
  if (by === 'call') return (event) => sign * (CALL_RANKS.get(event.call) as number);
  if (by === 'length') return ({ direction, count }) => sign * (direction === undefined ? NO_LENGTH : count);
  if (by === 'direction') {
    return ({ direction }) => sign * (direction === undefined ? NO_DIRECTION : DIRECTION_RANKS[direction]);
  }
  const ends = sockets.map(({ kind, lab }) => ({
    local: isServer(kind) ? 'server' : 'client',
    peer: `peer ${lab ?? ''}`,
  }));
  const names = [...new Set(ends.flatMap(({ local, peer }) => [local, peer]))].sort(byName);
  const ranks = ends.map(({ local, peer }) => ({ local: names.indexOf(local), peer: names.indexOf(peer) }));
  return ({ end }, socket) => sign * (ranks[socket]?.[end] ?? 0);
}

export function parseOrder(stored: unknown): RowOrder {
  if (typeof stored !== 'object' || stored === null || !('by' in stored) || !('isDescending' in stored)) return BY_TIME;
  const by = SORT_KEYS.find((key) => key === stored.by);
  return by === undefined ? BY_TIME : { by, isDescending: stored.isDescending === true };
}

/** Whether this page's end of a socket is the server's. */
export function isServer(kind: string): boolean {
  return kind === 'listen' || kind === 'accepted';
}

function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
