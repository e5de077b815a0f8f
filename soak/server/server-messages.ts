import type { LabServer } from '../../protocol/messages/session.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { GatewayLimits } from '../../server/gateway/limits.ts';
import type { HttpLimits } from '../../server/http/limits.ts';

/** What the server's process is started with, as JSON in its only argument. */
export type ServerSetup = {
  /** The built page, unless another folder is to be served. */
  readonly webRoot?: string;
  readonly limits?: Partial<GatewayLimits & HttpLimits>;
  /** `--allow`: switches the mode to allow-list. */
  readonly allow?: readonly string[];
  readonly origins?: readonly string[];
  readonly token?: string;
  /** Where class rooms are stored; else they end with the process. */
  readonly state?: string;
  readonly port?: number;
  /** Names that end so are never answered for, instead of asking this machine's name server. */
  readonly unanswered?: string;
  /** Where its lines go, each of them: a file on a full disk, or a terminal that somebody has stopped. */
  readonly output?: 'full disk' | 'stopped terminal';
};
/** What the server's process is asked for: to collect garbage first takes its time, which learners would see. */
export type ServerQuestion = 'state' | 'glance';
export type ServerReady = {
  readonly url: string;
  readonly port: number;
  readonly lab: readonly LabServer[];
  readonly teachKey: string;
};

/** How the server's process stands. */
export type ServerState = {
  readonly rss: number;
  /** Processor time of the process since it began, in ms. */
  readonly cpu: number;
  /** The longest turn of its event loop since it was last asked. */
  readonly longestTurn: Milliseconds;
  /** Of JavaScript's heap and the buffers beside it: what is in use. */
  readonly used: number;
  readonly descriptors: number;
  /** What each of them is, as proc(5) has it: `socket:[inode]`, a path. */
  readonly open: readonly string[];
  readonly sessions: number;
  readonly sockets: number;
  /** Of the session that has most: bytes that its browser has not acknowledged. */
  readonly ringBytes: number;
};
