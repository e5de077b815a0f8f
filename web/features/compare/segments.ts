import type { Microseconds } from '../../../protocol/units.ts';
import type { ClientTimeline } from './client-timeline.ts';

/** SYN-SENT; ESTABLISHED by the kernel, but not accepted by the program; with the program. */
export type Segment = {
  readonly kind: 'connecting' | 'queued' | 'served' | 'unanswered';
  readonly from: Microseconds;
  readonly to: Microseconds;
};

/** More than this many answers are too many to be told apart. */
const EXCHANGES_MAX = 100;

/** Where a client was, from its connect on; what still goes on ends now. `asked` stands in until connect has returned. */
export function placesOf(lane: ClientTimeline, asked: Microseconds, now: Microseconds): readonly Segment[] {
  const { connected, accepted } = lane;
  const from = lane.called ?? asked;
  const end = Math.max(lane.ended ?? now, from);
  if (connected === undefined) return [{ kind: 'connecting', from, to: end }];
  // A server that was waiting in accept(2) may return from it before connect(2) has returned here.
  const left = Math.max(connected, accepted ?? end);
  const places: Segment[] = [
    { kind: 'connecting', from, to: connected },
    { kind: 'queued', from: connected, to: left },
  ];
  if (accepted !== undefined) places.push({ kind: 'served', from: left, to: Math.max(left, end) });
  return places;
}

/** What the client said, until it was answered. */
export function waitsOf(lane: ClientTimeline, now: Microseconds): readonly Segment[] {
  return lane.exchanges.slice(-EXCHANGES_MAX).map(({ sent, answered }) => {
    return { kind: 'unanswered', from: sent, to: Math.max(sent, answered ?? lane.ended ?? now) };
  });
}
