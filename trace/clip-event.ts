import type { ByteCount } from '../protocol/units.ts';
import type { Direction, TraceEvent } from './event.ts';

/** The call with so much of its bytes as there is: a recording, and what a program reports, keep them up to a cap. */
export function clipEvent(event: TraceEvent, lengths: Readonly<Record<Direction, ByteCount>>): TraceEvent {
  const { direction, offset, count } = event;
  if (!direction || offset + count <= lengths[direction]) return event;
  const length = lengths[direction];
  return { ...event, offset: Math.min(offset, length), count: Math.max(0, length - offset) };
}
