import type { Clock } from '../../protocol/clock.ts';
import type { Milliseconds } from '../../protocol/units.ts';

/** `wall`: ms since 1970, for what is stored and shown; everything that is counted or bounded goes by the other one. */
export type RoomClock = Clock & { readonly wall: () => Milliseconds };
