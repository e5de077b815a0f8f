import type { ClassWords } from '../../../i18n/en/teach.ts';
import type { SeatRow } from '../../../store/classroom/seat-rows.ts';

type Words = ClassWords['teach'];

/** The seat's number alone where names are hidden: on a projector, say. */
export function whoIs(words: Words, { seat, name }: Pick<SeatRow, 'seat' | 'name'>, isHiding: boolean): string {
  const number = words.seat.number(seat);
  return isHiding || name === number ? number : name;
}

/** `seat 05, Ada`: where two may have one name. */
export function seatAndName(words: Words, row: Pick<SeatRow, 'seat' | 'name'>, isHiding: boolean): string {
  const number = words.seat.number(row.seat);
  const who = whoIs(words, row, isHiding);
  return who === number ? number : `${number}, ${who}`;
}

/** The first of what there is to say of a seat, in the order in which somebody has to come. */
export function seatStatus(words: Words, row: SeatRow): string | undefined {
  const { seat } = words;
  if (row.asksEntry) return seat.asksEntry;
  if (row.hasHand) return seat.asksHelp;
  if (row.stuck) return seat.stuck[row.stuck](row.tile.why);
  if (row.isAway) return seat.away;
  return row.isDone ? seat.done : undefined;
}

/** The name of its cell: `seat 05, step 4 of 7, asks for help`. */
export function seatLabel(words: Words, row: SeatRow, isHiding: boolean): string {
  const { step, of } = row.tile;
  const parts = [seatAndName(words, row, isHiding), step > 0 ? words.seat.step(step, of) : '', seatStatus(words, row)];
  return parts.filter(Boolean).join(', ');
}
