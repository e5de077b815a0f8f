import type { Static } from 'typebox';
import * as Type from 'typebox';
import { U32 } from '../messages/fields.ts';
import { closedObject } from '../schema/closed-object.ts';
import { Moment, SEATS_MAX, SeatNumber } from './records.ts';

/** Bits of a tile's flags. Of the first four, which say that somebody is stuck, one is set at the most. */
export const SeatFlag = {
  /** The same error or hint three times in a step; the tile's `why` says which. */
  sameError: 1,
  /** All hints of the step have been seen, and it is still to be done a minute later. */
  hintsUsed: 2,
  /** On the step for longer than four minutes and three times the others, and active. */
  long: 4,
  /** A program is blocked, or a send unanswered, for a minute; `why` says in which call. */
  waits: 8,
  /** Nothing was done for three minutes. */
  away: 16,
  /** A raised hand. */
  hand: 32,
  /** All steps of the lesson are done. */
  done: 64,
  /** Waits to be let in. */
  asks: 128,
} as const;
export const STUCK_FLAGS = SeatFlag.sameError | SeatFlag.hintsUsed | SeatFlag.long | SeatFlag.waits;

const Short = Type.String({ maxLength: 64 });
/** An array, for 500 of them are told at once; in the order of `parseTile`. */
const Tile = Type.Tuple([SeatNumber, U32, U32, U32, Type.String({ maxLength: 32 }), U32, U32, Moment, Short, Short], {
  additionalItems: false,
  minItems: 10,
});
export type WireTile = Static<typeof Tile>;

/** GRID: tiles that have changed; a later tile replaces an earlier one. */
export const Grid = closedObject({ at: Moment, seats: Type.Array(Tile, { maxItems: SEATS_MAX }) });
export type Grid = Static<typeof Grid>;

/** What the instructor sees of a seat. */
export type SeatTile = {
  readonly seat: number;
  readonly flags: number;
  /** The page and its programs that are connected; 0: none. */
  readonly attached: number;
  readonly sockets: number;
  /** Empty: in none. */
  readonly lesson: string;
  /** 0: in none. */
  readonly step: number;
  readonly of: number;
  /** When the flags, or where none is set the step, began; ms since 1970. */
  readonly since: number;
  /** The last call or error: `recv`, `connect ECONNREFUSED`. */
  readonly text: string;
  /** Which error, hint or call it is that a stuck seat is stuck with. */
  readonly why: string;
};

export function wireTile(tile: SeatTile): WireTile {
  const { seat, flags, attached, sockets, lesson, step, of, since, text, why } = tile;
  return [seat, flags, attached, sockets, lesson, step, of, since, text, why];
}
export function parseTile([seat, flags, attached, sockets, lesson, step, of, since, text, why]: WireTile): SeatTile {
  return { seat, flags, attached, sockets, lesson, step, of, since, text, why };
}
