import { expect, test } from 'vitest';
import { queuePlace } from './queue-place.ts';

test.each([
  ['as it came', { waiting: 3, served: 1 }, { waiting: 3, served: 1 }, 3],
  ['two were taken', { waiting: 3, served: 1 }, { waiting: 1, served: 3 }, 1],
  ['one was taken and two came behind it', { waiting: 3, served: 1 }, { waiting: 4, served: 2 }, 2],
  ['some gave up', { waiting: 5, served: 1 }, { waiting: 2, served: 1 }, 2],
  ['its turn is next', { waiting: 1, served: 1 }, { waiting: 0, served: 3 }, 1],
] as const)('%s', (_, first, now, place) => {
  expect(queuePlace(first, now)).toBe(place);
});
