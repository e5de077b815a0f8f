import type { Milliseconds } from '../../../protocol/units.ts';

/** What decides whether a page's session gives way. */
export type Seat = {
  readonly network: string;
  readonly isAttached: boolean;
  /** Its own and its programs'. */
  readonly sockets: number;
  readonly hasOpened: boolean;
  readonly arrivedAt: Milliseconds;
  readonly detachedAt: Milliseconds;
};

/** What one network keeps of all seats while others ask for one: 500 of 1,000, a class behind one router. */
const SHARE = 1 / 2;

/**
 * Which session gives way at the session limit to a newcomer from this network; undefined: the newcomer is refused. Only a network
 * that has as many seats as the newcomer's, or more, gives any; of these the one with most. First go attached sessions without a socket,
 * then detached ones without a socket; then any of a network that has more than its share, to other networks; last the one that was
 * detached longest ago. So a tab that comes back finds its seat and sockets, however many seats one address has.
 */
export function whoGivesWay<S extends Seat>(seated: readonly S[], newcomer: string, seats: number): S | undefined {
  const networks = [...Map.groupBy(seated, ({ network }) => network)].sort(([, a], [, b]) => b.length - a.length);
  const own = networks.find(([network]) => network === newcomer)?.[1].length ?? 0;
  const givers = networks.filter(([, { length }]) => length >= own);
  const first = (rank: (seats: readonly S[], network: string) => S | undefined): S | undefined => {
    for (const [network, seats] of givers) {
      const found = rank(seats, network);
      if (found) return found;
    }
    return undefined;
  };
  return (
    first((some) =>
      least(
        some.filter(({ isAttached, sockets }) => isAttached && sockets === 0),
        idleLongest,
      ),
    ) ??
    first((some) =>
      least(
        some.filter(({ isAttached, sockets }) => !isAttached && sockets === 0),
        goneLongest,
      ),
    ) ??
    first((some, network) =>
      network !== newcomer && some.length > SHARE * seats ? least(some, leastToLose) : undefined,
    ) ??
    first((some) =>
      least(
        some.filter(({ isAttached }) => !isAttached),
        leastToLose,
      ),
    )
  );
}

function least<S extends Seat>(seats: readonly S[], compare: (a: Seat, b: Seat) => number): S | undefined {
  return seats.reduce<S | undefined>((found, seat) => (found && compare(found, seat) <= 0 ? found : seat), undefined);
}
function idleLongest(a: Seat, b: Seat): number {
  return Number(a.hasOpened) - Number(b.hasOpened) || a.arrivedAt - b.arrivedAt;
}
function goneLongest(a: Seat, b: Seat): number {
  return a.detachedAt - b.detachedAt;
}
/** Detached sessions go first; then those with fewer sockets, and of attached ones the latest to come. */
function leastToLose(a: Seat, b: Seat): number {
  if (a.isAttached !== b.isAttached) return a.isAttached ? 1 : -1;
  return a.sockets - b.sockets || (a.isAttached ? b.arrivedAt - a.arrivedAt : goneLongest(a, b));
}
