import { expect, test } from 'vitest';
import { PINNED_MAX, Tray } from './tray.ts';
import { WatchedPage } from './watched-page.ts';

const row = (seat: number) => ({ seat, name: `Ada ${seat}`, tile: { seat } }) as never;
function filled(count: number): Tray {
  const tray = new Tray();
  for (let seat = 1; seat <= count; seat += 1) tray.pin(row(seat), new WatchedPage(), seat);
  return tray;
}
const seats = (tray: Tray): number[] => tray.pinned.map(({ row: { seat } }) => seat);

test('snapshots stand in the order in which they are to be shown', () => {
  const tray = filled(3);
  tray.move(3, -1);
  expect(seats(tray)).toEqual([1, 3, 2]);
  tray.move(1, -1); // there is nothing above it
  tray.move(2, 1);
  expect(seats(tray)).toEqual([1, 3, 2]);
  tray.remove(3);
  expect(seats(tray)).toEqual([1, 2]);
});

test('one more than there is room for is not taken', () => {
  const tray = filled(PINNED_MAX + 3);
  expect(tray.pinned).toHaveLength(PINNED_MAX);
  expect(tray.isFull).toBe(true);
});
