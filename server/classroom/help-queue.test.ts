import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HelpQueue } from './help-queue.ts';

const SEATS = 500;
const change = fc.record({
  seat: fc.integer({ min: 1, max: SEATS }),
  up: fc.boolean(),
  text: fc.string({ maxLength: 5 }),
});

test('whatever 500 seats do with their hands, each that is up stands there once, in the order in which it went up', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const queue = new HelpQueue([]);
      const up = new Map<number, string>();
      for (const [at, { seat, up: isUp, text }] of changes.entries()) {
        if (isUp) {
          queue.raise(seat, text, at, undefined);
          up.set(seat, text); // a Map keeps the place of what it has
        } else {
          queue.lower(seat);
          up.delete(seat);
        }
      }
      expect(queue.all.map(({ seat, text }) => [seat, text])).toEqual([...up]);
      for (const [index, seat] of [...up.keys()].entries()) expect(queue.placeOf(seat)).toBe(index + 1);
      expect(new Set(queue.all.map(({ request }) => request)).size).toBe(up.size);
    }),
    { numRuns: 200 },
  );
});

test('of what was stored the numbers go on', () => {
  const queue = new HelpQueue([{ request: 7, seat: 1, text: '', at: 0 }]);
  expect(queue.raise(2, '', 1, undefined).request).toBe(8);
  expect(() => queue.finish(9)).toThrow('no request 9');
});
