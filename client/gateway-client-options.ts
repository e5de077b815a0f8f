import type { Clock } from '../protocol/clock.ts';
import type { PlaygroundError } from '../protocol/errors.ts';
import type { FrameType } from '../protocol/frame.ts';
import type { Welcome } from '../protocol/messages/session.ts';
import type { Stats } from '../protocol/messages/stats.ts';
import type { Microseconds, Milliseconds } from '../protocol/units.ts';
import type { ReportError } from './callbacks.ts';
import type { Ticket } from './identity.ts';
import type { Arrival, Phase } from './session.ts';
import type { DialGateway } from './web-socket-port.ts';

export type GatewayClientOptions = {
  readonly dial: DialGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly schedule: (flush: () => void) => void;
  readonly token?: string;
  /** In place of a token: see SessionOptions. */
  readonly ticket?: (isAnew: boolean) => Promise<Ticket>;
  /** The server read its clocks: before anything that is told by the one or the other. */
  readonly onTime?: (now: Microseconds, epoch: Milliseconds) => void;
  readonly onWelcome: (welcome: Welcome, arrival: Arrival) => void;
  readonly onPhase: (phase: Phase, error: PlaygroundError | undefined) => void;
  readonly onLatency: (latency: Milliseconds) => void;
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
