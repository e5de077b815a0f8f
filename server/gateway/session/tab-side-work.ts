import type { Cancel, Clock } from '../../../protocol/clock.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { SideWork } from '../../shared/side-work.ts';
import type { SessionBudget } from './session-budget.ts';
import type { Turns } from './turns.ts';

type SideWorkOptions = {
  readonly budget: Pick<SessionBudget, 'recentWork' | 'spend' | 'workWait'>;
  readonly turns: Pick<Turns, 'forget' | 'hasTime' | 'wait'>;
  readonly clock: Clock;
};

/** Shorter waits than this would be a timer for each piece of work. */
const WAIT_SHORTEST: Milliseconds = 10;

/**
 * What goes on for a tab without a frame of its own: a lab server's program at the other end, a proxy. The tab pays for it,
 * and while it owes, or others wait for their turn, it does not go on.
 */
export class TabSideWork implements SideWork {
  readonly #options: SideWorkOptions;

  constructor(options: SideWorkOptions) {
    this.#options = options;
  }

  spend(time: Milliseconds): void {
    const { budget, clock } = this.#options;
    budget.spend(time, clock.now());
  }
  get mayGoOn(): boolean {
    const { budget, turns } = this.#options;
    return turns.hasTime && budget.workWait() === 0;
  }
  whenMayGoOn(run: () => void): Cancel {
    const { budget, turns, clock } = this.#options;
    let cancel: Cancel = () => undefined;
    const look = (): void => {
      const owed = budget.workWait();
      if (owed > 0) {
        cancel = clock.after(Math.max(owed, WAIT_SHORTEST), look);
        return;
      }
      const turn = { budget, run };
      cancel = () => turns.forget(turn);
      turns.wait(turn);
    };
    look();
    return () => cancel();
  }
}
