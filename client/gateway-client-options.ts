import type { FrameType } from '../protocol/frame.ts';
import type { Stats } from '../protocol/messages/stats.ts';
import type { Microseconds, Milliseconds } from '../protocol/units.ts';
import type { ReportError } from './callbacks.ts';
import type { Arrival, SessionOptions } from './session.ts';

/** Of a session what the client does not set itself, and more. */
export type GatewayClientOptions = Omit<SessionOptions, 'onFrame' | 'onDrain'> & {
  /** The server read its clocks: before anything that is told by the one or the other. */
  readonly onTime?: (now: Microseconds, epoch: Milliseconds) => void;
  readonly onStats: (stats: Stats) => void;
  /** What speaks of more than sockets over the session: a class room. */
  readonly extension?: ClientExtension;
  /** What a callback threw; the host's own unless given. The session and all of its sockets go on. */
  readonly reportError?: ReportError;
};

/** Frames of the session that the client itself has no use for. */
export type ClientExtension = {
  readonly onFrame: (
    type: typeof FrameType.GRID | typeof FrameType.MIRROR | typeof FrameType.ROOM,
    payload: Uint8Array,
  ) => void;
  /** `isLost`: the session is another one; nothing of the one before has reached it. */
  readonly onArrival: (arrival: Arrival) => void;
};
