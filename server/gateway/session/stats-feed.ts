import { FrameType } from '../../../protocol/frame.ts';
import { encodeMessage } from '../../../protocol/messages/codec.ts';
import type { Stats } from '../../../protocol/messages/stats.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { MonotonicClock } from '../../shared/clock.ts';
import type { Turns } from '../connection/turns.ts';
import type { GatewaySession } from './session.ts';

/** A wall clock that differs by so much from what pages were told was set, or stood still while the machine slept. */
const CLOCK_STEP: Milliseconds = 1;

export type StatsFeedOptions = {
  readonly clock: MonotonicClock;
  readonly turns: Turns;
  readonly labStats: () => Stats['lab'];
};
type Held = { readonly session: GatewaySession; readonly connection: object | undefined };

/** STATS, to whom they say something that is not known yet. */
export class StatsFeed {
  readonly #options: StatsFeedOptions;
  #labStats = '';
  #epochTold: Milliseconds;

  constructor(options: StatsFeedOptions) {
    this.#options = options;
    this.#epochTold = options.clock.epoch;
  }

  /** To those who look at a socket's kernel state each time; to all when a lab server's numbers or the wall clock have changed. */
  tell(sessions: Iterable<Held>): void {
    const lab = this.#options.labStats();
    const text = JSON.stringify(lab);
    const { epoch } = this.#options.clock;
    const isSet = Math.abs(epoch - this.#epochTold) >= CLOCK_STEP;
    const isNews = isSet || text !== this.#labStats;
    this.#labStats = text;
    if (isSet) this.#epochTold = epoch;
    for (const held of sessions) {
      if (!held.connection) continue;
      // The kernel is asked for each socket that is watched: dear, and a later answer replaces it.
      if (held.session.watchesKernel) this.#tellKernelLater(held);
      else if (isNews) this.tellOne(held, lab);
    }
  }

  tellOne({ session }: Held, lab = this.#options.labStats()): void {
    if (!session.reliable.askRoom()) return; // droppable: a slow reader gets a later one
    session.guard(() => {
      const { clock } = this.#options;
      const stats: Stats = { at: clock.nowMicros(), epoch: clock.epoch, lab, kernel: session.kernelStates() };
      session.reliable.sendUnnumbered(FrameType.STATS, 0, encodeMessage(stats));
    });
  }

  #tellKernelLater(held: Held): void {
    const { budget } = held.session;
    const run = (): void => {
      if (held.connection && budget.workWait() === 0) this.tellOne(held);
    };
    this.#options.turns.wait({ budget, run });
  }
}
