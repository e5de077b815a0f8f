import type { ConnectAttempt, Open } from '../../../../protocol/messages/socket.ts';
import type { Milliseconds } from '../../../../protocol/units.ts';
import type { Destinations } from '../../dial/destinations.ts';
import type { Dialler, Route } from '../../dial/dial.ts';

/** The addresses of a name, of which each is tried until one answers. */
export type AddressTurn = {
  /** Those that are left. */
  readonly routes: readonly Route[];
  readonly asker: Destinations;
  readonly open: Open;
  readonly deadline: Milliseconds;
  readonly tried: readonly ConnectAttempt[];
};

/** What is left of the time to connect, shared among the addresses that are left. */
export function timeoutOf({ routes, deadline }: AddressTurn): Milliseconds {
  return Math.max(1, (deadline - performance.now()) / routes.length);
}

/** Time has passed since the policy was asked about all of them: a later address is checked again. */
export function routeOf(dialler: Dialler, { routes, asker, open, tried }: AddressTurn): Route {
  const next = routes[0] as Route;
  return tried.length === 0 ? next : dialler.renew(asker, next, open.host);
}

/** The turn of the addresses after the first that is left, which has failed. */
export function nextTurn(turn: AddressTurn, failed: ConnectAttempt): AddressTurn {
  return { ...turn, routes: turn.routes.slice(1), tried: [...turn.tried, failed] };
}
