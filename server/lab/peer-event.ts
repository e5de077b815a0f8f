import type { PeerEvent } from '../../protocol/payloads.ts';
import type { Microseconds } from '../../protocol/units.ts';

export type Told = Partial<Pick<PeerEvent, 'argument' | 'count' | 'text' | 'error'>>;

/** One call of a lab server, with what it has none of left out. */
export function peerEvent(at: Microseconds, call: PeerEvent['call'], told: Told = {}): PeerEvent {
  return { at, call, argument: undefined, count: 0, text: '', error: undefined, ...told };
}
