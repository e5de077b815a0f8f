import { expect, test } from 'vitest';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import { Grid, SeatFlag, type SeatTile } from '../../../protocol/rooms/grid.ts';
import { ManualClock } from '../../../protocol/testing/manual-clock.ts';
import type { TabSession } from '../../gateway/extension.ts';
import { GridViewer, Tiles } from './grid.ts';

const tile = (seat: number, values: Partial<SeatTile> = {}): SeatTile => ({
  ...{ seat, flags: 0, attached: 1, sockets: 0, lesson: 'a-longer-lesson', step: 4, of: 7, since: 1_795_337_400_123 },
  ...{ text: 'connect ECONNREFUSED', why: '' },
  ...values,
});

function open() {
  const clock = new ManualClock();
  const told: { seats: number[]; bytes: number }[] = [];
  let reads = true;
  const tell = (_type: number, payload: Uint8Array): boolean => {
    if (reads) told.push({ seats: decodeMessage(Grid, payload).seats.map(([seat]) => seat), bytes: payload.length });
    return reads;
  };
  const viewer = new GridViewer({ tell } as unknown as TabSession, clock);
  const setReads = (value: boolean): void => {
    reads = value;
  };
  return { clock, told, viewer, tiles: new Tiles(), setReads };
}

test('tells what has changed, and that once', () => {
  const { told, viewer, tiles } = open();
  for (const seat of [1, 2]) tiles.put(tile(seat));
  viewer.tell(tiles, 0);
  viewer.tell(tiles, 0);
  tiles.put(tile(2, { sockets: 1 }));
  tiles.put(tile(1));
  viewer.tell(tiles, 0);
  expect(told.map(({ seats }) => seats)).toEqual([[1, 2], [2]]);
  viewer.forget();
  viewer.tell(tiles, 0);
  expect(told.at(-1)?.seats).toEqual([1, 2]);
});

test.each<Partial<SeatTile>>([
  ...[{ flags: 1 }, { attached: 2 }, { sockets: 1 }, { lesson: 'other' }, { step: 5 }, { of: 8 }, { since: 0 }],
  ...[{ text: 'recv' }, { why: 'ECONNREFUSED' }],
])('a tile is told again for %j alone', (change) => {
  const { told, viewer, tiles } = open();
  tiles.put(tile(1));
  viewer.tell(tiles, 0);
  tiles.put(tile(1, change));
  viewer.tell(tiles, 0);
  expect(told).toHaveLength(2);
});

test('what could not be told is told later, as it is then', () => {
  const { told, viewer, tiles, setReads } = open();
  setReads(false);
  tiles.put(tile(1));
  viewer.tell(tiles, 0);
  setReads(true);
  tiles.put(tile(1, { step: 5 }));
  viewer.tell(tiles, 0);
  expect(told.map(({ seats }) => seats)).toEqual([[1]]);
});

test('of what is not on the screen flags alone', () => {
  const { told, viewer, tiles } = open();
  viewer.show([1]);
  for (const seat of [1, 2]) tiles.put(tile(seat));
  viewer.tell(tiles, 0);
  tiles.put(tile(2, { step: 5 }));
  viewer.tell(tiles, 0);
  tiles.put(tile(2, { step: 5, flags: SeatFlag.hand }));
  viewer.tell(tiles, 0);
  viewer.show(undefined);
  tiles.put(tile(2, { step: 6, flags: SeatFlag.hand }));
  viewer.tell(tiles, 0);
  expect(told.map(({ seats }) => seats)).toEqual([[1, 2], [2], [2]]);
});

test('500 tiles that change all the time take no more than 64 kB a second, and each has its turn', () => {
  const { clock, told, viewer, tiles } = open();
  const latest = new Map<number, number>();
  for (let round = 0; round < 80; round += 1) {
    for (let seat = 1; seat <= 500; seat += 1) tiles.put(tile(seat, { sockets: round }));
    const before = told.length;
    viewer.tell(tiles, 0);
    for (const { seats } of told.slice(before)) for (const seat of seats) latest.set(seat, round);
    clock.advance(250);
  }
  const late = told.slice(told.length / 2);
  const bytes = late.reduce((sum, each) => sum + each.bytes, 0);
  expect(bytes / (late.length / 4)).toBeLessThan(64_000);
  expect(latest.size).toBe(500);
  expect(Math.min(...latest.values())).toBeGreaterThan(80 - 8); // none was told longer than two seconds ago
});
