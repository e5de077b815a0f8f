import { useStored } from '../../platform/stored.ts';

/** All in pixels. */
export type PaneLimits = { readonly min: number; readonly max: number; readonly initial: number };

const STEP_PX = 16;

type Layout = { readonly side: 'start' | 'end'; readonly isColumns: boolean; readonly limits: PaneLimits };

/** The size after a key, in pixels; undefined where the key is not ours. */
export function nextPaneSize(size: number, key: string, { side, isColumns, limits }: Layout): number | undefined {
  if (key === 'Home') return limits.min;
  if (key === 'End') return limits.max;
  if (key === 'Enter') return limits.initial;
  const towardsEnd = isColumns ? 'ArrowRight' : 'ArrowDown';
  const towardsStart = isColumns ? 'ArrowLeft' : 'ArrowUp';
  if (key !== towardsEnd && key !== towardsStart) return undefined;
  const grows = (key === towardsEnd) === (side === 'start');
  return Math.min(limits.max, Math.max(limits.min, size + (grows ? STEP_PX : -STEP_PX)));
}

/** What was stored, if it is a size within the limits. */
export function parsePaneSize(stored: unknown, limits: PaneLimits): number {
  const isSize = typeof stored === 'number' && Number.isInteger(stored);
  return isSize && stored >= limits.min && stored <= limits.max ? stored : limits.initial;
}

/** The size of a pane, in pixels, remembered in this browser under `key`. */
export function usePaneSize(key: string, limits: PaneLimits): [size: number, setSize: (size: number) => void] {
  return useStored('browser', key, (stored) => parsePaneSize(stored, limits));
}
