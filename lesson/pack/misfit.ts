import type { TSchema } from 'typebox';
import { fits, type PlainSchema } from '../../protocol/schema/fits.ts';

/** The first place that does not fit, as a JSON pointer (RFC 6901), and why. */
export type Misfit = { readonly path: string; readonly reason: string };

/** What is wrong with a value that does not fit. TypeBox's own explanation would bring its whole validator into the page. */
export function misfitOf(schema: TSchema, value: unknown): Misfit {
  return find(schema as PlainSchema, value, '') ?? { path: '', reason: 'does not fit' };
}

function find(schema: PlainSchema, value: unknown, path: string): Misfit | undefined {
  if (fits(schema as TSchema, value)) return undefined;
  if (schema.enum) return { path, reason: `must be one of ${schema.enum.slice(0, 12).join(', ')}` };
  if ('const' in schema) return { path, reason: `must be ${JSON.stringify(schema.const)}` };
  if (schema.anyOf) return deepest(schema.anyOf, value, path);
  if (schema.type === 'object') return ofObject(schema, value, path);
  if (schema.type === 'array') return ofArray(schema, value, path);
  if (schema.type === 'string') return { path, reason: ofString(schema, value) };
  return { path, reason: ofNumber(schema, value) };
}

/** Of a value that could be one of several, the deepest place says best what is wrong. */
function deepest(schemas: readonly PlainSchema[], value: unknown, path: string): Misfit {
  const found = schemas.flatMap((each) => find(each, value, path) ?? []);
  const [worst] = found.toSorted((one, other) => other.path.split('/').length - one.path.split('/').length);
  return worst && worst.path !== path ? worst : { path, reason: 'is none of what may stand here' };
}

function ofObject(schema: PlainSchema, value: unknown, path: string): Misfit | undefined {
  const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = schema;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { path, reason: 'must be object' };
  const names = Object.keys(value);
  const patterns = Object.entries(patternProperties).map(
    ([pattern, each]) => [new RegExp(pattern, 'u'), each] as const,
  );
  const isKnown = (name: string): boolean =>
    Object.hasOwn(properties, name) || patterns.some(([pattern]) => pattern.test(name));
  const stranger = additionalProperties === false ? names.find((name) => !isKnown(name)) : undefined;
  if (stranger !== undefined) return { path: within(path, stranger), reason: 'is not a field here' };
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return { path: within(path, missing), reason: 'is missing' };
  for (const name of names) {
    const field = (value as Record<string, unknown>)[name];
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const others = patterns.filter(([pattern]) => pattern.test(name));
    for (const each of [...(own ? [own] : []), ...others.map(([, other]) => other)]) {
      const misfit = find(each, field, within(path, name));
      if (misfit) return misfit;
    }
  }
  return { path, reason: `must have ${rangeOf(schema.minProperties, schema.maxProperties)} fields` };
}
function ofArray(schema: PlainSchema, value: unknown, path: string): Misfit | undefined {
  if (!Array.isArray(value)) return { path, reason: 'must be array' };
  for (const [index, item] of value.entries()) {
    const each = Array.isArray(schema.items) ? schema.items[index] : (schema.items as PlainSchema | undefined);
    const misfit = each && find(each, item, within(path, String(index)));
    if (misfit) return misfit;
  }
  const most = Array.isArray(schema.items) ? schema.items.length : schema.maxItems;
  return { path, reason: `must have ${rangeOf(schema.minItems, most)} items` };
}
function ofString({ pattern, minLength, maxLength }: PlainSchema, value: unknown): string {
  if (typeof value !== 'string') return 'must be string';
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return `must match ${pattern}`;
  return `must have ${rangeOf(minLength, maxLength)} characters`;
}
function ofNumber({ type = 'something else', minimum, maximum }: PlainSchema, value: unknown): string {
  const isType = type === 'integer' ? Number.isInteger(value) : type === 'number' && Number.isFinite(value);
  return isType ? `must be ${rangeOf(minimum, maximum)}` : `must be ${type}`;
}

function within(path: string, name: string): string {
  return `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
function rangeOf(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}
