import type { Endpoint } from '../../../protocol/messages/fields.ts';
import type { LiveSocket } from '../../store/live-socket.ts';

/** Where a relay meets the page. */
export type RelayContext = {
  /** What the page's target is now, if it is one of TCP. */
  readonly target: Endpoint | undefined;
  /** Opens connections to a target, with the options that are chosen now; undefined where a field of those is wrong. */
  readonly diallerTo: (target: Endpoint) => (() => LiveSocket) | undefined;
  /** Looks at this socket. */
  readonly onShow: (socket: LiveSocket) => void;
};
