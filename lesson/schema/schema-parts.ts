import type { Static, TSchema, TUnsafe } from 'typebox';
import * as Type from 'typebox';

/*
 * As TypeBox's own of these names, which bring its engine of types with them: template literals, conditional types, modules. That is
 * 10 kB, and it stands in files that the page's first load reads too.
 */

/** One of these values. */
export function oneOf<const Value extends string>(values: readonly Value[]): TUnsafe<Value> {
  return Type.Unsafe<Value>({ enum: [...values] });
}
/** Whatever names, each with such a value. */
export function recordOf<Item extends TSchema>(item: Item): TUnsafe<Record<string, Static<Item>>> {
  return Type.Unsafe<Record<string, Static<Item>>>({ type: 'object', patternProperties: { '^.*$': item } });
}
