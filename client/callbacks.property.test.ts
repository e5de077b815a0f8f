import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_KINDS, RandomWorld } from './testing/random-world.ts';

/** PROPERTY_RUNS=20000 for the long form. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);

test('random calls from random callbacks over a transport that is cut: every stream has its bytes, in order, and no other', () => {
  const numbers = (max: number): fc.Arbitrary<number[]> => fc.array(fc.nat(max), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(numbers(CALL_KINDS * 4_096 - 1), numbers(255), fc.boolean(), (script, steps, mayLose) => {
      const world = new RandomWorld(script, mayLose);
      for (const step of steps) world.step(step);
      world.settle();
      expect(world.faults()).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}, 60_000);
