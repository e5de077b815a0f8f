import { expect, test } from 'vitest';
import type { Kernel } from '../environment.ts';
import { TimeWaits } from './time-waits.ts';

const LOCAL = { host: '127.0.0.1', port: 20_001 };
const REMOTE = { host: '127.0.0.1', port: 50_000 };

/** A kernel that knows of so many connections still. */
function kernelWith(known: { isThere: boolean }): Pick<Kernel, 'closedStateOf'> {
  return {
    closedStateOf: (local, remote) =>
      known.isThere && local === LOCAL && remote === REMOTE
        ? ({ state: 'TIME-WAIT' } as ReturnType<Kernel['closedStateOf']>)
        : undefined,
  };
}

test.each([
  [false, false, true],
  [false, true, true],
  [true, false, true],
  [true, true, false],
])('a connection with SO_REUSEADDR %s, a socket with %s: the port is held, %s', (before, now, isHeld) => {
  const waits = new TimeWaits();
  waits.add({ port: 8_009, local: LOCAL, remote: REMOTE, reuses: before });
  const known = { isThere: true };
  expect(waits.holds(8_009, now, kernelWith(known))).toBe(isHeld);
  expect(waits.holds(8_010, now, kernelWith(known))).toBe(false);
  known.isThere = false;
  expect(waits.holds(8_009, now, kernelWith(known))).toBe(false);
});
