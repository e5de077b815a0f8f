import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doneSteps, mergeProgress, NO_PROGRESS, type Progress, parseProgress, withStep } from './progress.ts';
import { lessonOf } from './testing/lessons.ts';

const slug = fc.constantFrom('a', 'b', 'constructor', 'toString');
const stepProgress = fc.record({
  rev: fc.integer({ min: 1, max: 3 }),
  at: fc.nat(1_000),
  hints: fc.nat(3),
  shown: fc.boolean(),
  tries: fc.nat(9),
});
const lessonProgress = fc.record(
  {
    steps: fc.dictionary(slug, stepProgress, { maxKeys: 2 }),
    at: fc.nat(3),
    predicted: fc.record({ choice: fc.constantFrom('x', 'y'), at: fc.nat(3) }),
  },
  { requiredKeys: ['steps', 'at'] },
);
const progress: fc.Arbitrary<Progress> = fc.record({
  version: fc.constant(1 as const),
  packs: fc.dictionary(slug, fc.dictionary(slug, lessonProgress, { maxKeys: 2 })),
});

test('merging is the same from both sides, in any order, and once is enough', () => {
  fc.assert(
    fc.property(progress, progress, progress, (one, two, three) => {
      const both = mergeProgress(one, two);
      expect(mergeProgress(two, one)).toEqual(both);
      expect(mergeProgress(both, two)).toEqual(both);
      expect(mergeProgress(mergeProgress(one, two), three)).toEqual(mergeProgress(one, mergeProgress(two, three)));
      expect(mergeProgress(NO_PROGRESS, one)).toEqual(one);
      expect(parseProgress(JSON.parse(JSON.stringify(both)))).toEqual(both);
    }),
  );
});

test('the earlier time of a step holds', () => {
  const step = { rev: 1, hints: 0, shown: false, tries: 1 };
  const where = { pack: 'sockets', lesson: 'tried', step: 'step-1' };
  const late = withStep(NO_PROGRESS, where, { ...step, at: 9, hints: 2 });
  const both = withStep(late, where, { ...step, at: 4 });
  expect(both.packs['sockets']?.['tried']?.steps).toEqual({ 'step-1': { ...step, at: 4, hints: 2 } });
});

test('a step whose check has changed its meaning is not done', () => {
  const lesson = lessonOf({ seen: { call: 'connect' } }, { seen: { call: 'send' } });
  const done = { at: 1, hints: 0, shown: false, tries: 1 };
  const steps = { 'step-1': { ...done, rev: 1 }, 'step-2': { ...done, rev: 2 } };
  expect(doneSteps(lesson, { steps, at: 1 })).toEqual(new Set(['step-1']));
  expect(doneSteps(lesson, undefined)).toEqual(new Set());
});

test.each([undefined, null, 7, [], {}, { version: 2, packs: {} }, { version: 1, packs: { a: 1 } }])(
  '%o is no progress',
  (value) => {
    expect(parseProgress(value)).toEqual(NO_PROGRESS);
  },
);
