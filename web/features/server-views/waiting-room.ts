import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { isTaken, type ServerConnection } from '../../store/server-end.ts';

/** How long a server's accept queue is, and how many it holds. */
export type Queue = { readonly waiting: number; readonly max: number };
export type WaitingRoom = {
  /** In SYN-SENT: nobody has answered. */
  readonly street: readonly SocketTrace[];
  /** Connected by the kernel; no program has taken them. The first came first. */
  readonly room: readonly SocketTrace[];
  /** In the queue, and no socket of this page that is open: another learner's, or closed meanwhile. */
  readonly others: number;
  readonly chairs: number;
  readonly counter: readonly ServerConnection[];
};

/** Linux lets one more in than listen(backlog) says: a queue is full when it is longer than the backlog. */
const ONE_MORE = 1;

export function waitingRoom(
  connections: readonly ServerConnection[],
  { waiting, max }: Queue,
  kind: 'kernel' | 'emulated' | undefined,
): WaitingRoom {
  const open = connections.filter(({ client, server }) => !(server ?? client)?.isOver);
  const clients = open.filter((one) => !isTaken(one)).flatMap(({ client }) => client ?? []);
  const room = clients.filter(({ isOpened }) => isOpened);
  return {
    street: clients.filter(({ isOpened }) => !isOpened),
    room,
    others: Math.max(0, waiting - room.length),
    chairs: kind === 'emulated' ? max : max + ONE_MORE,
    counter: open.filter(isTaken),
  };
}

/** So many SYNs have gone: the first, and each that was sent again, as the kernel counts them. */
export function synCount({ kernel }: SocketTrace): number {
  return 1 + (kernel?.state === 'SYN-SENT' ? (kernel.totalRetransmits ?? 0) : 0);
}
