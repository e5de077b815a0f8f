import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits } from '../../protocol/schema/fits.ts';
import { MATCHERS } from '../schema/check-schema.ts';
import { Lesson, PackHead } from '../schema/schema.ts';
import { SMALL_PACK } from '../testing/small-pack.ts';
import { misfitOf } from './misfit.ts';

const LESSON = JSON.parse(SMALL_PACK['hello/lesson.json'] as string);

test.each<[string, object, string, RegExp]>([
  ['a field that is none', { colour: 1 }, '/colour', /^is not a field here$/],
  ['one that is missing', { minutes: undefined }, '/minutes', /^is missing$/],
  ['another type', { minutes: 'ten' }, '/minutes', /^must be integer$/],
  ['too much', { minutes: 500 }, '/minutes', /^must be 1 to 120$/],
  ['a word that is none of some', { needs: ['luck'] }, '/needs/0', /^must be one of jspi, /],
  ['another format', { format: 2 }, '/format', /^must be 1$/],
  ['too few', { steps: [] }, '/steps', /^must have 1 to 12 items$/],
  ['an id that is none', { id: 'Hello' }, '/id', /^must match /],
])('%s', (_, change, path, reason) => {
  const misfit = misfitOf(Lesson, JSON.parse(JSON.stringify({ ...LESSON, ...change })));
  expect(misfit.path).toBe(path);
  expect(misfit.reason).toMatch(reason);
});

test('whatever does not fit has a place and a reason', () => {
  const schemas = [Lesson, PackHead, ...Object.values(MATCHERS)];
  fc.assert(
    fc.property(fc.constantFrom(...schemas), fc.jsonValue({ maxDepth: 4 }), (schema, value) => {
      if (fits(schema, value)) return;
      const { path, reason } = misfitOf(schema, value);
      expect(path).toMatch(/^(\/[^/]*)*$/);
      expect(reason).toMatch(/^(is|must) /);
      expect(reason).not.toMatch(/undefined|NaN/);
    }),
  );
});
