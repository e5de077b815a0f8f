import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import * as calls from '../messages/calls.ts';
import * as fields from '../messages/fields.ts';
import * as options from '../messages/options.ts';
import * as session from '../messages/session.ts';
import * as socket from '../messages/socket.ts';
import * as stats from '../messages/stats.ts';
import * as grid from '../rooms/grid.ts';
import * as rooms from '../rooms/messages.ts';
import { ANSWERS } from '../rooms/to-page.ts';
import { fits, type PlainSchema } from './fits.ts';

type Plain = PlainSchema & { readonly additionalItems?: false };

const isSchema = (value: unknown): value is TSchema => typeof value === 'object' && value !== null && '~kind' in value;
const SCHEMAS = [calls, fields, options, session, socket, stats, grid, rooms, { ANSWERS }].flatMap((module) =>
  Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
    if (isSchema(value)) return [{ name, schema: value }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([say, each]) =>
      isSchema(each) ? [{ name: `${name}.${say}`, schema: each }] : [],
    );
  }),
);

/** Values that fit, for the most part: bounds are met, patterns may not be. */
function valueFor(schema: Plain): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueFor));
  switch (schema.type) {
    case 'object': {
      const known = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, valueFor(each)] as const);
      const required = [...(schema.required ?? [])];
      return fc.record<Record<string, unknown>, string>(Object.fromEntries(known), { requiredKeys: required });
    }
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 4 } = schema;
      if (Array.isArray(items)) return fc.tuple(...items.map(valueFor));
      return fc.array(valueFor(items as Plain), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 4)),
      });
    }
    case 'string': {
      const { minLength = 0, maxLength = 40, pattern } = schema;
      if (pattern !== undefined) return fc.oneof(fc.stringMatching(new RegExp(pattern, 'u')), fc.string());
      return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength + 1, 300)) });
    }
    case 'integer': {
      const { minimum = -10, maximum = Number.MAX_SAFE_INTEGER } = schema;
      return fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constantFrom(minimum - 1, minimum, maximum));
    }
    case 'number':
      return fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 1));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** The value with one thing in it replaced: the `at`th, in the order in which JSON writes them. */
function changed(value: unknown, at: number, replacement: unknown): unknown {
  let index = 0;
  const text = JSON.stringify(value, (_, part) => {
    index += 1;
    return index - 1 === at ? replacement : part;
  });
  return text === undefined ? null : JSON.parse(text);
}
const OTHERS = fc.constantFrom<unknown>(
  '',
  'x'.repeat(300),
  '𠮷'.repeat(64),
  -1,
  0,
  1.5,
  2 ** 32,
  1e300,
  null,
  true,
  [],
  [1, 2, 3],
  {},
  {
    other: 1,
  },
);

const KEYWORDS = new Set([
  ...['type', 'enum', 'const', 'anyOf', 'properties', 'patternProperties', 'additionalProperties'],
  ...['required', 'minProperties', 'maxProperties', 'items', 'additionalItems', 'minItems', 'maxItems'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
]);
function keywordsOf(schema: Plain): string[] {
  const { properties = {}, patternProperties = {}, anyOf = [], items = [] } = schema;
  const parts = [...Object.values(properties), ...Object.values(patternProperties), ...anyOf, items].flat() as Plain[];
  return [...Object.keys(schema), ...parts.flatMap(keywordsOf)];
}

test('there are schemas of all messages', () => {
  expect(SCHEMAS.length).toBeGreaterThan(60);
});

describe.each(SCHEMAS)('$name', ({ schema }) => {
  test('uses the keywords that are known', () => {
    expect(keywordsOf(schema as Plain).filter((word) => !KEYWORDS.has(word))).toEqual([]);
  });
  test('is judged as TypeBox judges it', () => {
    fc.assert(
      fc.property(valueFor(schema as Plain), fc.nat(30), OTHERS, (value, at, other) => {
        const parsed = JSON.parse(JSON.stringify(value) ?? 'null');
        for (const each of [parsed, changed(parsed, at, other), { ...Object(parsed), other: 1 }]) {
          expect(fits(schema, each)).toBe(Check(schema, each));
        }
      }),
      { numRuns: 30 },
    );
  });
});
