import type { Column } from '../../../trace/ladder/source.ts';
import { otherEnd } from '../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LadderSocket } from './ladder-model.ts';

/** Which of a relay's two connections: that to the client, or that to the server. */
export type Leg = 'client' | 'server';

/** Where a leg's two ends and its wire stand among the columns of a relay. */
export type LegCells = {
  readonly left: 'client' | 'relay';
  readonly wire: 'first' | 'second';
  readonly right: 'relay' | 'server';
};
const CELLS: Readonly<Record<Leg, LegCells>> = {
  client: { left: 'client', wire: 'first', right: 'relay' },
  server: { left: 'relay', wire: 'second', right: 'server' },
};
export function legCells(leg: Leg): LegCells {
  return CELLS[leg];
}
/** Where the relay's own calls stand on a leg. */
export function ownColumn(leg: Leg): Column {
  return leg === 'client' ? 'right' : 'left';
}

/** One program makes the calls on both legs, one after another. */
const RELAY = 'relay';

/**
 * The sockets of a relay's ladder: its two legs, and the other ends of them that are sockets of the page too. `accepted` is the leg to
 * the client.
 */
export function relaySockets(
  accepted: SocketTrace,
  dialled: SocketTrace,
  all: readonly SocketTrace[],
): readonly (LadderSocket & { readonly leg: Leg })[] {
  const client = otherEnd(accepted, all);
  const server = otherEnd(dialled, all);
  return [
    { record: accepted, column: ownColumn('client'), program: RELAY, leg: 'client' },
    { record: dialled, column: ownColumn('server'), program: RELAY, leg: 'server' },
    ...(client ? [{ record: client, column: 'left', leg: 'client' } as const] : []),
    ...(server ? [{ record: server, column: 'right', leg: 'server' } as const] : []),
  ];
}
