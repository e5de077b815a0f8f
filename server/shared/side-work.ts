import type { Cancel } from '../../protocol/clock.ts';
import type { Milliseconds } from '../../protocol/units.ts';

/** What goes on for somebody who has sent nothing just now: it is paid for, and does not go on while others wait. */
export type SideWork = {
  /** It was done, in promises and callbacks that no clock is around. */
  readonly spend: (time: Milliseconds) => void;
  readonly mayGoOn: boolean;
  /** `run` is called once, later, when nothing is owed and the turn has come. */
  readonly whenMayGoOn: (run: () => void) => Cancel;
};

/** A call of a lab server's program, its promise and what the kernel does: measured roughly. */
export const CALL_WORK: Milliseconds = 0.03;
