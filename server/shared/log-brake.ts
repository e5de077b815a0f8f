import type { Clock } from '../../protocol/clock.ts';
import { TokenBucket } from '../../protocol/token-bucket.ts';

const PER_MINUTE = 30;

/**
 * Lets so many lines a minute through, of one kind; how many were left out since goes with the next as `omitted`. What a
 * peer can cause again and again must not fill a disk.
 */
export function brakeLog<Line extends object>(
  write: (line: Line & { omitted?: number }) => void,
  now: Clock['now'],
  perMinute = PER_MINUTE,
): (line: Line) => void {
  const budget = new TokenBucket(now, perMinute / 60, perMinute);
  let omitted = 0;
  return (line) => {
    if (!budget.tryTake(1)) {
      omitted += 1;
      return;
    }
    write(omitted > 0 ? { ...line, omitted } : line);
    omitted = 0;
  };
}
