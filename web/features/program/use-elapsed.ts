import { useEffect, useState } from 'react';
import type { Milliseconds } from '../../../protocol/units.ts';

const STEP: Milliseconds = 1_000;

/** How long ago that was, told each second while it is asked for; `since` is ms since 1970. */
export function useElapsed(since: Milliseconds | undefined): Milliseconds {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    if (since === undefined) return;
    const look = () => setElapsed(Math.max(0, performance.timeOrigin + performance.now() - since));
    look();
    const timer = setInterval(look, STEP);
    return () => clearInterval(timer);
  }, [since]);
  return elapsed;
}
