import { useCallback } from 'react';
import { SocketBoundaries } from '../../../trace/boundaries.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { useFrame } from '../../ui/use-frame.ts';

/** Some 6 ms of work. */
const EVENTS_PER_FRAME = 25_000;
/** Kept as long as their logs: coming back to the view does not begin anew. */
const boundariesOf = new WeakMap<TraceBuffer, SocketBoundaries>();

/** The borders of both directions, re-rendered at most once per frame while the log grows. */
export function useBoundaries(log: TraceBuffer): SocketBoundaries {
  const boundaries = boundariesOf.get(log) ?? new SocketBoundaries(log);
  boundariesOf.set(log, boundaries);
  const read = useCallback(() => {
    const isBehind = !boundaries.update(EVENTS_PER_FRAME);
    return { version: boundaries.version, isBehind };
  }, [boundaries]);
  useFrame(log, read);
  return boundaries;
}
