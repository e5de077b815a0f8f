import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount } from '../../protocol/units.ts';
import type { Direction } from '../event.ts';
import type { SocketFailure, SocketKind, SocketState } from '../socket.ts';

/** How a socket of a program stands, as the program's worker tells it. Times are of the server's clock. */
export type ProgramHead = {
  readonly kind: SocketKind;
  readonly state: SocketState;
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
  /** The troubled proxy that it is connected to in place of `remote`. */
  readonly proxy?: Endpoint;
  /** The proxy's own end of its connection to `remote`. */
  readonly onward?: Endpoint;
  /** Where programs outside the tab reach it, where that is another port. */
  readonly outside?: Endpoint;
  /** The lab server at the other end, by name. */
  readonly lab?: string;
  readonly failure?: SocketFailure;
  /** Closed by the program, or gone. */
  readonly isOver: boolean;
  /** A listener's accept queue. */
  readonly pending?: { readonly waiting: number; readonly max: number };
  /** How many bytes of each direction came after those that are reported. */
  readonly omitted: Readonly<Record<Direction, ByteCount>>;
};
