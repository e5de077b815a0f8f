import { useCallback } from 'react';
import { type Source, useFrame } from './use-frame.ts';

/** What is derived from a log and grows with it; `version` is another whenever something else is drawn. */
export type Growing = { readonly version: number };

/** Work per frame: a million events are through in ten frames, and no frame is late for a key or a scroll. */
const WORK_PER_FRAME_MS = 14;

/**
 * Lets a view of a log grow, re-rendered at most once per frame while the log does. `grow` does a part of the work, until `isLate`
 * says so, and returns whether that was all; the same function while nothing else is meant.
 */
export function useGrowing<View extends Growing>(
  log: Source,
  view: View,
  grow: (view: View, isLate: () => boolean) => boolean,
): View {
  const read = useCallback(() => {
    const stop = performance.now() + WORK_PER_FRAME_MS;
    const isBehind = !grow(view, () => performance.now() >= stop);
    return { version: view.version, isBehind };
  }, [view, grow]);
  useFrame(log, read);
  return view;
}
