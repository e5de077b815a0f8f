import { FrameType } from '../../../protocol/frame.ts';
import { encodeMessage } from '../../../protocol/messages/codec.ts';
import type { Stats } from '../../../protocol/messages/stats.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { MonotonicClock } from '../../shared/clock.ts';
import type { GatewaySession } from './session.ts';
import type { Turns } from './turns.ts';

/** A wall clock that differs by so much from what pages were told was set, or stood still while the machine slept. */
const CLOCK_STEP: Milliseconds = 1;

export type StatsFeedOptions = {
  readonly clock: MonotonicClock;
  readonly turns: Turns;
  readonly labStats: () => Stats['lab'];
};
/** A session, and whether a WebSocket serves it now. */
type Entry = { readonly session: GatewaySession; readonly state: { readonly is: 'attached' | 'absent' } };

/** Sends STATS to each session for which they have changed. */
export class StatsFeed {
  readonly #options: StatsFeedOptions;
  #labStats = '';
  #epochTold: Milliseconds;

  constructor(options: StatsFeedOptions) {
    this.#options = options;
    this.#epochTold = options.clock.epoch;
  }

  /** To sessions that watch a socket's kernel state each time; to all when a lab server's numbers or the wall clock have changed. */
  tell(sessions: Iterable<Entry>): void {
    const lab = this.#options.labStats();
    const text = JSON.stringify(lab);
    const { epoch } = this.#options.clock;
    const isSet = Math.abs(epoch - this.#epochTold) >= CLOCK_STEP;
    const isChanged = isSet || text !== this.#labStats;
    this.#labStats = text;
    if (isSet) this.#epochTold = epoch;
    for (const entry of sessions) {
      if (entry.state.is === 'absent') continue;
      // A question to the kernel for each watched socket costs much, and a later answer replaces it.
      if (entry.session.kernel.isOn) this.#tellKernelLater(entry);
      else if (isChanged) this.tellOne(entry, lab);
    }
  }

  tellOne({ session }: Pick<Entry, 'session'>, lab = this.#options.labStats()): void {
    if (!session.reliable.hasRoomOrNotify()) return; // droppable: a slow reader gets a later one
    session.guard(() => {
      const { clock } = this.#options;
      const stats: Stats = { at: clock.nowMicros(), epoch: clock.epoch, lab, ...session.kernel.states() };
      session.reliable.sendUnnumbered(FrameType.STATS, 0, encodeMessage(stats));
    });
  }

  #tellKernelLater(entry: Entry): void {
    const { budget } = entry.session;
    const run = (): void => {
      if (entry.state.is === 'attached' && budget.workWait() === 0) this.tellOne(entry);
    };
    this.#options.turns.wait({ budget, run });
  }
}
