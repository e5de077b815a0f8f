import type { AcceptQueues } from '../net/accept-queue.ts';
import type { MonotonicClock } from '../shared/clock.ts';
import type { SideWork } from '../shared/side-work.ts';
import type { Tap } from '../tap/tap.ts';
import type { Strangers } from './strangers.ts';

/** What every lab server is given. */
export type LabContext = {
  readonly tap: Tap;
  readonly queues: AcceptQueues;
  readonly clock: MonotonicClock;
  /** The wall clock, for the answers that tell the time of day. */
  readonly today: () => Date;
  readonly strangers: Strangers;
  /** What is done for them: no tab pays for it. */
  readonly strangersWork: SideWork;
  /** Where a server's program prints. */
  readonly print: (server: string, line: string) => void;
};
