import { PlaygroundError } from '../../protocol/errors.ts';
import { nameKey, parseName } from '../../protocol/rooms/name.ts';
import { type RosterEntry, type RosterRow, SEATS_MAX } from '../../protocol/rooms/records.ts';
import { hashOf, isKeyOf } from './secrets.ts';
import type { StoredRosterRow } from './store/room-store.ts';

/** The list of a class. */
export class Roster {
  #rows: readonly StoredRosterRow[];

  constructor(rows: readonly StoredRosterRow[]) {
    this.#rows = rows;
  }
  get rows(): readonly StoredRosterRow[] {
    return this.#rows;
  }

  /** From `first` on: 0 begins anew. @throws {PlaygroundError} NAME_INVALID: which row; ROOM_FULL: too many */
  put(first: number, rows: readonly RosterRow[]): void {
    if (first !== 0 && first !== this.#rows.length) throw new PlaygroundError('MESSAGE_INVALID', 'rows are missing');
    const before = first === 0 ? [] : this.#rows;
    if (before.length + rows.length > SEATS_MAX) throw new PlaygroundError('ROOM_FULL', `of ${SEATS_MAX} rows`);
    const added = rows.map(({ name, pin, extra }, index): StoredRosterRow => {
      const row = before.length + index;
      return {
        row,
        name: parseName(name),
        ...(extra && { extra }),
        ...(pin !== undefined && { pinHash: hashOf(pin) }),
      };
    });
    this.#rows = [...before, ...added];
  }

  /**
   * The row of this name, which `isTaken` says is free; of several of one name the first that is.
   * @throws {PlaygroundError} NAME_INVALID: nobody of this name is in the list; SEAT_TAKEN; KEY_INVALID: the PIN is wrong
   */
  claim(name: string, pin: string | undefined, isTaken: (row: number) => boolean): StoredRosterRow {
    const key = nameKey(name);
    const named = this.#rows.filter((row) => nameKey(row.name) === key);
    if (named.length === 0) throw new PlaygroundError('NAME_INVALID', 'not in the list of the class');
    const free = named.filter(({ row }) => !isTaken(row));
    if (free.length === 0) throw new PlaygroundError('SEAT_TAKEN', 'somebody has this name already');
    const found = free.find(({ pinHash }) => pinHash === undefined || isKeyOf(pinHash, pin ?? ''));
    if (!found) throw new PlaygroundError('KEY_INVALID', 'not the PIN of this name');
    return found;
  }

  entries(seatOf: (row: number) => number | undefined): RosterEntry[] {
    return this.#rows.map(({ row, name, pinHash, extra }) => {
      const seat = seatOf(row);
      return { row, name, hasPin: pinHash !== undefined, ...(extra && { extra }), ...(seat !== undefined && { seat }) };
    });
  }
}
