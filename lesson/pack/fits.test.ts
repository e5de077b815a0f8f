import fc from 'fast-check';
import { Check } from 'typebox/schema';
import { expect, test } from 'vitest';
import { fits } from '../../protocol/schema/fits.ts';
import { MATCHERS } from '../schema/check-schema.ts';
import { Lesson, PackHead } from '../schema/schema.ts';
import { SMALL_PACK } from '../testing/small-pack.ts';

const SCHEMAS = [...Object.values(MATCHERS), Lesson, PackHead];
const VALUES: unknown[] = [
  { call: 'connect', as: 'c', took: { max: 5 } },
  ['$c', 'sent', { equals: 'x', length: 2 }],
  ['$c', ['CLOSED', 'LISTEN'], { for: 5 }],
  ['a.py', { error: { type: 'OSError', has: 'x' } }, 'lesson'],
  ['a.py', { has: 'x' }, { times: 3 }],
  ['question', '$c.local.port'],
  [{ kind: 'tcp', as: 'p' }, { min: 1 }],
  [10, [{ call: 'send' }, { call: ['recv', 'recvfrom'] }]],
  JSON.parse(SMALL_PACK['hello/lesson.json'] as string),
  JSON.parse(SMALL_PACK['pack.json'] as string),
];

/** The value with one thing in it replaced: the `at`th, in the order in which JSON writes them. */
function changed(value: unknown, at: number, replacement: unknown): unknown {
  let index = 0;
  return JSON.parse(
    JSON.stringify(value, (_, part) => {
      index += 1;
      return index - 1 === at ? replacement : part;
    }) ?? 'null',
  );
}

test('says of every value what TypeBox says', () => {
  const replacement = fc.oneof(
    fc.constantFrom(
      '',
      '$c',
      'connect',
      'send',
      'a.py',
      -1,
      0,
      1.5,
      70_000,
      null,
      true,
      [],
      {},
      [1, 2, 3, 4],
      { min: 1 },
      '𠮷'.repeat(300),
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...VALUES), fc.nat(60), replacement, (value, at, other) => {
      const given = changed(value, at, other);
      for (const schema of SCHEMAS) expect(fits(schema, given)).toBe(Check(schema, given));
    }),
    { numRuns: 300 },
  );
  for (const schema of SCHEMAS) for (const value of VALUES) expect(fits(schema, value)).toBe(Check(schema, value));
});
