import { useState } from 'react';

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
export function parsePaneSize(stored: string | null, limits: PaneLimits): number {
  const size = Number(stored ?? Number.NaN);
  return Number.isInteger(size) && size >= limits.min && size <= limits.max ? size : limits.initial;
}

/** The size of a pane, in pixels, remembered in this browser under `key`. */
export function usePaneSize(key: string, limits: PaneLimits): [size: number, setSize: (size: number) => void] {
  const [size, setSize] = useState(() => parsePaneSize(localStorage.getItem(key), limits));
  return [
    size,
    (next) => {
      setSize(next);
      localStorage.setItem(key, String(next));
    },
  ];
}
