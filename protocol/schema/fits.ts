import type { TSchema } from 'typebox';

/** The part of JSON Schema that the project's schemas are made of. */
export type PlainSchema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly PlainSchema[];
  readonly properties?: Readonly<Record<string, PlainSchema>>;
  readonly patternProperties?: Readonly<Record<string, PlainSchema>>;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: PlainSchema | readonly PlainSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

const patterns = new Map<string, RegExp>();

/**
 * Whether a parsed JSON value fits, as `Check` of TypeBox says. Where `eval` is forbidden, as in the page, TypeBox takes 20 times as long,
 * and its validator 10 kB of the first load. This knows only the keywords that the project's schemas use; tests hold it against TypeBox
 * and refuse a schema with another keyword. lesson/pack/misfit.ts says what does not fit.
 */
export function fits(schema: TSchema, value: unknown): boolean {
  return isFit(schema as PlainSchema, value);
}

function isFit(schema: PlainSchema, value: unknown): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  if ('const' in schema && value !== schema.const) return false;
  if (schema.anyOf && !schema.anyOf.some((each) => isFit(each, value))) return false;
  switch (schema.type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && isObjectFit(schema, value);
    case 'array':
      return Array.isArray(value) && isArrayFit(schema, value);
    case 'string':
      return typeof value === 'string' && isStringFit(schema, value);
    case 'integer':
      return Number.isInteger(value) && isNumberFit(schema, value as number);
    case 'number':
      return Number.isFinite(value) && isNumberFit(schema, value as number);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return true;
  }
}

function isObjectFit(schema: PlainSchema, value: object): boolean {
  const { properties = {}, patternProperties, additionalProperties, required = [] } = schema;
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
  const names = Object.keys(value);
  if (names.length < minProperties || names.length > maxProperties) return false;
  for (const name of required) if (!Object.hasOwn(value, name)) return false;
  for (const name of names) {
    const field = (value as Record<string, unknown>)[name];
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own && !isFit(own, field)) return false;
    let isKnown = own !== undefined;
    for (const pattern in patternProperties) {
      if (!regExpOf(pattern).test(name)) continue;
      if (!isFit(patternProperties[pattern] as PlainSchema, field)) return false;
      isKnown = true;
    }
    if (!isKnown && additionalProperties === false) return false;
  }
  return true;
}

function isArrayFit(
  { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: PlainSchema,
  value: readonly unknown[],
): boolean {
  if (value.length < minItems || value.length > maxItems) return false;
  if (items === undefined) return true;
  if (!isTuple(items)) return value.every((item) => isFit(items, item));
  return value.length <= items.length && value.every((item, index) => isFit(items[index] as PlainSchema, item));
}
function isTuple(items: PlainSchema | readonly PlainSchema[]): items is readonly PlainSchema[] {
  return Array.isArray(items);
}

function isStringFit(
  { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: PlainSchema,
  value: string,
): boolean {
  if (value.length > 2 * maxLength) return false;
  // JSON Schema counts code points, of which each has one or two of the string's units.
  const length = value.length > maxLength || value.length < minLength * 2 ? [...value].length : value.length;
  return length >= minLength && length <= maxLength && (pattern === undefined || regExpOf(pattern).test(value));
}
function isNumberFit(
  { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: PlainSchema,
  value: number,
): boolean {
  return value >= minimum && value <= maximum;
}
function regExpOf(pattern: string): RegExp {
  let known = patterns.get(pattern);
  if (!known) {
    known = new RegExp(pattern, 'u');
    patterns.set(pattern, known);
  }
  return known;
}
