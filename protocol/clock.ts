import type { Milliseconds } from './units.ts';

export type Cancel = () => void;

/** The only source of time in the pure layers: tests hand in one that they turn by hand. */
export type Clock = {
  /** Milliseconds on a clock that never goes back; its zero is arbitrary. */
  readonly now: () => Milliseconds;
  /** Runs once after the delay, unless cancelled first. */
  readonly after: (delay: Milliseconds, run: () => void) => Cancel;
};
