import { expect, test } from 'vitest';
import { SeatFlag, type SeatTile } from '../../../protocol/rooms/grid.ts';
import type { SeatInfo } from '../../../protocol/rooms/records.ts';
import { chooseRows, countClass, minutesSince, nextSeat, seatRows } from './seat-rows.ts';

const info = (seat: number, name: string, state: SeatInfo['state'] = 'in'): SeatInfo => ({
  seat,
  name,
  state,
  joinedAt: seat * 100_000,
});
const tile = (seat: number, more: Partial<SeatTile> = {}): SeatTile => ({
  ...{ seat, flags: 0, attached: 1, sockets: 0, lesson: 'stream', step: 1, of: 3, since: 0, text: '', why: '' },
  ...more,
});
function rowsOf(infos: readonly SeatInfo[], tiles: readonly SeatTile[]) {
  return seatRows({
    seats: new Map(infos.map((one) => [one.seat, one])),
    tiles: new Map(tiles.map((one) => [one.seat, one])),
  });
}
const CLASS = rowsOf(
  [info(1, 'Zoe'), info(2, 'Ada'), info(3, 'Bo'), info(4, 'Cy', 'asks'), info(5, 'Di', 'removed')],
  [
    tile(1, { flags: SeatFlag.sameError, why: 'ECONNREFUSED', sockets: 2, step: 3 }),
    tile(2, { flags: SeatFlag.hand, step: 2, sockets: 1 }),
    tile(3, { attached: 0, flags: SeatFlag.away, step: 1 }),
  ],
);

test('who was removed is not drawn; who has no tile yet is', () => {
  expect(CLASS.map(({ seat }) => seat)).toEqual([1, 2, 3, 4]);
  expect(CLASS[3]).toMatchObject({ isHere: false, asksEntry: true, tile: { step: 0 } });
});
test('a flag is read as its reason', () => {
  expect(CLASS[0]).toMatchObject({ stuck: 'sameError', isHere: true });
  expect(CLASS[1]).toMatchObject({ hasHand: true, stuck: undefined });
});
test.each([
  ['all', [1, 2, 3, 4]],
  ['stuck', [1]],
  ['asks', [2, 4]],
  ['away', [3, 4]],
  ['done', []],
  ['new', [4]],
] as const)('show %s', (show, seats) => {
  expect(chooseRows(CLASS, { show, sort: 'seat', at: 600_000 }).map(({ seat }) => seat)).toEqual(seats);
});
test.each([
  ['name', [2, 3, 4, 1]],
  ['step', [4, 3, 2, 1]],
  ['attention', [4, 2, 1, 3]],
] as const)('sorted by %s', (sort, seats) => {
  expect(chooseRows(CLASS, { show: 'all', sort, at: 0 }).map(({ seat }) => seat)).toEqual(seats);
});
test('only the seats of a wrong outcome', () => {
  const only = new Set([2, 3]);
  expect(chooseRows(CLASS, { show: 'all', sort: 'seat', only, at: 0 }).map(({ seat }) => seat)).toEqual([2, 3]);
});
test('what stands in the toolbar', () => {
  expect(countClass(CLASS)).toEqual({
    ...{ here: 2, seats: 4, sockets: 3, stuck: 1, asks: 2, away: 2 },
    median: { step: 2, of: 3 },
  });
  expect(countClass([])).toMatchObject({ here: 0, seats: 0, median: undefined });
});
test('the next one who asks, round and round', () => {
  const asks = ({ hasHand }: { hasHand: boolean }): boolean => hasHand;
  expect(nextSeat(CLASS, undefined, asks)).toBe(2);
  expect(nextSeat(CLASS, 2, asks)).toBe(2);
  expect(nextSeat(CLASS, 3, asks)).toBe(2);
  expect(nextSeat(CLASS, 1, () => false)).toBeUndefined();
});
test('minutes are whole ones, and never less than none', () => {
  expect(minutesSince(0, 119_999)).toBe(1);
  expect(minutesSince(5_000, 0)).toBe(0);
});
