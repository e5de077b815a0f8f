import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastScrollTop, MAX_HEIGHT, scrollTopToShow, virtualWindow } from './virtual-window.ts';

const lists = fc.record({
  count: fc.oneof(fc.nat(50), fc.nat(5_000_000)),
  rowHeight: fc.integer({ min: 18, max: 40 }),
  viewport: fc.integer({ min: 100, max: 2_000 }),
});
/** A list, and how far down it is scrolled. */
const scrolled = lists.chain((list) =>
  fc.record({ list: fc.constant(list), scrollTop: fc.double({ min: 0, max: lastScrollTop(list), noNaN: true }) }),
);

test('a short list is as tall as its rows and drawn where they stand', () => {
  const list = { count: 1_000, rowHeight: 20, viewport: 200 };
  expect(virtualWindow(list, 2_000)).toEqual({ first: 94, end: 116, top: 1_880, height: 20_000, slots: 23 });
});

test('no list is taller than browsers lay out', () => {
  const list = { count: 1_000_000, rowHeight: 34, viewport: 600 };
  expect(virtualWindow(list, 0).height).toBe(MAX_HEIGHT);
});

test('what is drawn covers what is looked at, and no more than a few rows beyond', () => {
  fc.assert(
    fc.property(scrolled, ({ list, scrollTop }) => {
      const { first, end, top, slots } = virtualWindow(list, scrollTop);
      const bottom = top + (end - first) * list.rowHeight;
      expect(top).toBeLessThanOrEqual(scrollTop + 1e-3);
      if (end < list.count) expect(bottom).toBeGreaterThanOrEqual(scrollTop + list.viewport - 1e-3);
      expect(end - first).toBeLessThanOrEqual(slots);
      expect(slots).toBeLessThanOrEqual(list.viewport / list.rowHeight + 14);
    }),
  );
});

test('scrolled to the end, the last row ends where the viewport ends', () => {
  fc.assert(
    fc.property(lists, (list) => {
      fc.pre(list.count * list.rowHeight > list.viewport);
      const scrollTop = lastScrollTop(list);
      const { first, end, top } = virtualWindow(list, scrollTop);
      expect(end).toBe(list.count);
      expect(top + (end - first) * list.rowHeight).toBeCloseTo(scrollTop + list.viewport, 2);
    }),
  );
});

test('a row that is to be shown is whole within the viewport, and a second look scrolls no further', () => {
  fc.assert(
    fc.property(scrolled, fc.nat(), ({ list, scrollTop }, seed) => {
      fc.pre(list.count > 0);
      const index = seed % list.count;
      const shown = scrollTopToShow(list, index, scrollTop);
      const { first, end, top } = virtualWindow(list, shown);
      const rowTop = top + (index - first) * list.rowHeight;
      expect(index).toBeGreaterThanOrEqual(first);
      expect(index).toBeLessThan(end);
      expect(rowTop).toBeGreaterThanOrEqual(shown - 1e-2);
      expect(rowTop + list.rowHeight).toBeLessThanOrEqual(shown + list.viewport + 1e-2);
      expect(scrollTopToShow(list, index, shown)).toBeCloseTo(shown, 2);
    }),
  );
});
