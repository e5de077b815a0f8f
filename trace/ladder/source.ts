import type { TraceEvent } from '../event.ts';
import type { SocketKind } from '../socket.ts';

export type Column = 'left' | 'right';
export const opposite = (column: Column): Column => (column === 'left' ? 'right' : 'left');

export type LadderLog = { readonly length: () => number; readonly at: (index: number) => TraceEvent | undefined };

/** One socket whose calls stand in a ladder. */
export type LadderSource = {
  readonly log: LadderLog;
  /** A program's socket is a client until it listens: it is read with each call. */
  readonly kind: SocketKind;
  /** Where its own calls stand. Those of the other end, where they are observed, stand in the other column. */
  readonly column: Column;
  /** Whose calls, on all of its sockets, stand in the order in which it made them; where it is left out, this socket's. */
  readonly program?: string;
  /** Its close() with unread bytes sends RST: all that it has not read is in its kernel, and not on its way here. */
  readonly resetsUnread?: boolean;
  /** A call that another source tells of too, and that stands there. */
  readonly isTwice?: (event: TraceEvent) => boolean;
  /** `127.0.0.1:8011`: what the datagrams of two sockets of one ladder are joined by. */
  readonly address?: string | undefined;
};

/** Which column a call of a source stands in. */
export function columnOf({ column }: LadderSource, { end }: TraceEvent): Column {
  return end === 'local' ? column : opposite(column);
}
/** A connection of bytes: what FIN and RST are of. */
export function isStream(kind: SocketKind): boolean {
  return kind !== 'udp' && kind !== 'listen';
}
