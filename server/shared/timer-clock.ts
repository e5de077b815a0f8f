import type { Clock } from '../../protocol/clock.ts';

/** Node's timers as the pure layers know them. They do not keep the process alive. */
export const timerClock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay).unref();
    return () => clearTimeout(timer);
  },
};
