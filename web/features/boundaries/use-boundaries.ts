import { useCallback, useMemo } from 'react';
import { SocketBoundaries } from '../../../trace/boundaries.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { useFrame } from '../../ui/use-frame.ts';

/** Some 6 ms of work. */
const EVENTS_PER_FRAME = 25_000;
type Kept = { readonly other: TraceBuffer | undefined; readonly boundaries: SocketBoundaries };
/** Kept as long as their logs: coming back to the view does not begin anew. */
const boundariesOf = new WeakMap<TraceBuffer, Kept>();

/** The borders of both directions, re-rendered at most once per frame while the logs grow. `other`: the other end's own. */
export function useBoundaries(log: TraceBuffer, other: TraceBuffer | undefined): SocketBoundaries {
  const kept = boundariesOf.get(log);
  const isKept = kept !== undefined && kept.other === other;
  const boundaries = isKept ? kept.boundaries : new SocketBoundaries(log, other);
  if (!isKept) boundariesOf.set(log, { other, boundaries });
  const logs = useMemo(
    () => ({
      subscribe(listener: () => void) {
        const stops = [log, ...(other ? [other] : [])].map((one) => one.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
    }),
    [log, other],
  );
  const read = useCallback(() => {
    const isBehind = !boundaries.update(EVENTS_PER_FRAME);
    return { version: boundaries.version, isBehind };
  }, [boundaries]);
  useFrame(logs, read);
  return boundaries;
}
