import type { RoomModel } from '../../../client/rooms/room-model.ts';
import { SeatFlag, type SeatTile, STUCK_FLAGS } from '../../../protocol/rooms/grid.ts';
import type { SeatInfo } from '../../../protocol/rooms/records.ts';
import type { Milliseconds } from '../../../protocol/units.ts';

/** A seat of the class, as the instructor's page draws it. */
export type SeatRow = SeatInfo & {
  readonly tile: SeatTile;
  readonly isHere: boolean;
  readonly stuck: StuckReason | undefined;
  readonly isAway: boolean;
  readonly hasHand: boolean;
  readonly isDone: boolean;
  readonly asksEntry: boolean;
};
export type StuckReason = 'sameError' | 'hintsUsed' | 'long' | 'waits';
const STUCK: readonly StuckReason[] = ['sameError', 'hintsUsed', 'long', 'waits'];

export const SHOWS = ['all', 'stuck', 'asks', 'away', 'done', 'new'] as const;
export type Show = (typeof SHOWS)[number];
export const SORTS = ['seat', 'name', 'step', 'attention'] as const;
export type Sort = (typeof SORTS)[number];

export type ClassCounts = {
  readonly here: number;
  readonly seats: number;
  readonly sockets: number;
  readonly stuck: number;
  readonly asks: number;
  readonly away: number;
  /** Of those who are in the lesson that most are in. */
  readonly median: { readonly step: number; readonly of: number } | undefined;
};

const NO_TILE: Omit<SeatTile, 'seat'> = {
  flags: 0,
  attached: 0,
  sockets: 0,
  lesson: '',
  step: 0,
  of: 0,
  since: 0,
  text: '',
  why: '',
};

/** Every seat that is not removed. */
export function seatRows({ seats, tiles }: Pick<RoomModel, 'seats' | 'tiles'>): SeatRow[] {
  const rows: SeatRow[] = [];
  for (const info of seats.values()) {
    if (info.state === 'removed') continue;
    const tile = tiles.get(info.seat) ?? { ...NO_TILE, seat: info.seat };
    const has = (flag: number): boolean => (tile.flags & flag) !== 0;
    const isHere = tile.attached > 0;
    rows.push({
      ...info,
      tile,
      isHere,
      stuck: has(STUCK_FLAGS) ? STUCK.find((reason) => has(SeatFlag[reason])) : undefined,
      isAway: !isHere || has(SeatFlag.away),
      hasHand: has(SeatFlag.hand),
      isDone: has(SeatFlag.done),
      asksEntry: info.state === 'asks' || has(SeatFlag.asks),
    });
  }
  return rows;
}

/** Whoever came in less than so long ago is new. */
const NEW_FOR: Milliseconds = 300_000;

const IS_SHOWN: Readonly<Record<Show, (row: SeatRow, at: Milliseconds) => boolean>> = {
  all: () => true,
  stuck: (row) => row.stuck !== undefined,
  asks: (row) => row.hasHand || row.asksEntry,
  away: (row) => row.isAway,
  done: (row) => row.isDone,
  new: (row, at) => at - row.joinedAt < NEW_FOR,
};
/** Those who need somebody stand first. */
function attentionOf(row: SeatRow): number {
  if (row.asksEntry) return 0;
  if (row.hasHand) return 1;
  if (row.stuck) return 2;
  return row.isAway ? 4 : 3;
}
const COMPARE: Readonly<Record<Sort, (one: SeatRow, other: SeatRow) => number>> = {
  seat: (one, other) => one.seat - other.seat,
  name: (one, other) => one.name.localeCompare(other.name) || one.seat - other.seat,
  step: (one, other) => one.tile.step - other.tile.step || one.seat - other.seat,
  attention: (one, other) => attentionOf(one) - attentionOf(other) || one.seat - other.seat,
};

/** `only`: the seats of a wrong outcome that was chosen. `at`: now, by the server's clock. */
export function chooseRows(
  rows: readonly SeatRow[],
  {
    show,
    sort,
    only,
    at,
  }: {
    readonly show: Show;
    readonly sort: Sort;
    readonly only?: ReadonlySet<number> | undefined;
    readonly at: Milliseconds;
  },
): SeatRow[] {
  return rows.filter((row) => IS_SHOWN[show](row, at) && (!only || only.has(row.seat))).sort(COMPARE[sort]);
}

export function countClass(rows: readonly SeatRow[]): ClassCounts {
  const inLesson = rows.filter(({ tile }) => tile.lesson !== '' && tile.step > 0);
  const lessons = Map.groupBy(inLesson, ({ tile }) => tile.lesson);
  const [most = []] = [...lessons.values()].sort((one, other) => other.length - one.length);
  const steps = most.map(({ tile }) => tile.step).sort((one, other) => one - other);
  const step = steps[Math.floor((steps.length - 1) / 2)];
  return {
    here: rows.filter(({ isHere }) => isHere).length,
    seats: rows.length,
    sockets: rows.reduce((sum, { tile }) => sum + tile.sockets, 0),
    stuck: rows.filter(({ stuck }) => stuck).length,
    asks: rows.filter((row) => IS_SHOWN.asks(row, 0)).length,
    away: rows.filter(({ isAway }) => isAway).length,
    median: step === undefined ? undefined : { step, of: most[0]?.tile.of ?? step },
  };
}

/** The next seat after `current` that fits, round and round; undefined: none does. */
export function nextSeat(
  rows: readonly SeatRow[],
  current: number | undefined,
  fits: (row: SeatRow) => boolean,
): number | undefined {
  const start = rows.findIndex(({ seat }) => seat === current) + 1;
  return [...rows.slice(start), ...rows.slice(0, start)].find(fits)?.seat;
}

/** Minutes since then, whole ones. */
export function minutesSince(at: Milliseconds, now: Milliseconds): number {
  return Math.max(0, Math.floor((now - at) / 60_000));
}
