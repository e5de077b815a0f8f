import { useMemo } from 'react';
import { SocketBoundaries } from '../../../trace/boundaries.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { allOf } from '../../ui/use-frame.ts';
import { useGrowing } from '../../ui/use-growing.ts';

/** Some 6 ms of work. */
const EVENTS_PER_FRAME = 25_000;
type Kept = { readonly other: TraceBuffer | undefined; readonly boundaries: SocketBoundaries };
/** Kept as long as their logs: coming back to the view does not begin anew. */
const boundariesOf = new WeakMap<TraceBuffer, Kept>();

const grow = (boundaries: SocketBoundaries): boolean => boundaries.update(EVENTS_PER_FRAME);

/** The borders of both directions, re-rendered at most once per frame while the logs grow. `other`: the other end's own. */
export function useBoundaries(log: TraceBuffer, other: TraceBuffer | undefined): SocketBoundaries {
  const kept = boundariesOf.get(log);
  const isKept = kept !== undefined && kept.other === other;
  const boundaries = isKept ? kept.boundaries : new SocketBoundaries(log, other);
  if (!isKept) boundariesOf.set(log, { other, boundaries });
  const logs = useMemo(() => allOf([log, ...(other ? [other] : [])]), [log, other]);
  return useGrowing(logs, boundaries, grow);
}
