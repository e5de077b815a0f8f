import type { LabServer } from '../../protocol/messages/session.ts';
import type { Stats } from '../../protocol/messages/stats.ts';
import type { Port } from '../../protocol/units.ts';

/** Where a server of the lab is to listen: a port of 0 is a free one; Unix sockets go into the directory. */
export type Place = {
  readonly host: string;
  readonly port: Port;
  readonly directory: string;
  /** Addresses of this machine besides, at the same port. */
  readonly besides?: readonly string[];
};

/** One running server of the lab. */
export type RunningServer = {
  readonly description: LabServer;
  /** How many wait, are connected, and have been served since it runs. */
  readonly stats: () => Stats['lab'][number];
  readonly close: () => Promise<void>;
};
