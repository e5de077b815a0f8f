import type { FrameType } from '../../../protocol/frame.ts';
import type { MessagePool } from '../../../protocol/message-pool.ts';
import type { CallOutcome } from '../../../protocol/messages/calls.ts';
import type { Opened } from '../../../protocol/messages/socket.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { SideWork } from '../../shared/side-work.ts';
import type { Destinations } from '../dial/destinations.ts';
import type { GatewayStream } from './gateway-stream.ts';
import type { PortMap } from './listen/port-map.ts';
import type { StreamEnd } from './stream-end.ts';

/** Sockets of all sessions together, as one session sees them. */
export type SocketAccount = {
  readonly count: () => number;
  readonly add: (count: number) => void;
  /** May a tab that has `own` open one more, as scarce as they are (socket-shares.ts)? */
  readonly mayOpen: (own: number) => boolean;
};

/** What the sockets of one tab share, those of its programs too. */
export type TabResources = {
  /** Buffers of long messages. */
  readonly pool: MessagePool;
  readonly ports: PortMap;
  /** What the learner has named, and may. */
  readonly destinations: Destinations;
  /** What goes on for the tab without a frame of its own. */
  readonly sideWork: SideWork;
};

/** How many calls of lab servers' programs the browser is told. */
export type EventBudget = {
  /** May a peer's calls be told now, or should its program wait? */
  readonly hasRoom: () => boolean;
  /** One more call was told: how long until the program may make the next. */
  readonly take: () => Milliseconds;
};

/** The session, as its streams see it. */
export type StreamHost = {
  readonly tab: TabResources;
  readonly events: EventBudget;
  /** Sockets of all sessions together. A stream's own is counted; what it opens beside that is for it to count. */
  readonly sockets: SocketAccount;
  /** Control frames: never wait for credit. */
  readonly send: (type: FrameType, stream: number, payload: Uint8Array) => void;
  /** Sends OPENED. */
  readonly opened: (stream: number, opened: Opened) => void;
  /** Sends how the stream ended, behind all that its queue holds. */
  readonly ended: (stream: GatewayStream, end: StreamEnd) => void;
  /** Sends RESULT, whenever `outcome` is there; an error of it becomes the RESULT's code. */
  readonly answer: (stream: number, call: number, outcome: Promise<CallOutcome>) => void;
  /** The stream's outbound queue is no longer empty. */
  readonly wake: (stream: GatewayStream) => void;
  /** Runs in a few milliseconds, with what others have put off. */
  readonly soon: (run: () => void) => void;
  /** Runs a callback of a socket or timer: what it throws ends this session and nothing else. */
  readonly guard: (run: () => void) => void;
  /** Takes a connection that a listener of this session accepted; gives it the next even number. */
  readonly adopt: (listener: number, create: (id: number) => GatewayStream) => void;
  readonly mayAdopt: (listener: number) => boolean;
  /** What went on after the stream's own socket, a proxy or the peer's program, has ended. */
  readonly onLingered: (stream: GatewayStream) => void;
};
