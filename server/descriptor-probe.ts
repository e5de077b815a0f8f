import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Clock } from '../protocol/clock.ts';
import type { Milliseconds } from '../protocol/units.ts';

const INTERVAL: Milliseconds = 1_000;

function takeOne(): void {
  closeSync(openSync(devNull, 'r'));
}

/**
 * Tries each second whether one more descriptor can be opened. With none left libuv takes each new connection with one that
 * it keeps back, closes it at once and tells nobody. Returns what stops it.
 */
export function probeDescriptors(clock: Clock, onExhausted: (code: string) => void, take = takeOne): () => void {
  const probe = (): void => {
    cancel = clock.after(INTERVAL, probe);
    try {
      take();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EMFILE' || code === 'ENFILE') onExhausted(code);
    }
  };
  let cancel = clock.after(INTERVAL, probe);
  return () => cancel();
}
