import * as Type from 'typebox';

/**
 * An object of these fields and no other. `additionalProperties: false` says the same, yet TypeBox without `eval`, which the page
 * forbids, makes a regular expression of it for every object that it looks at.
 */
export function closedObject<Fields extends Type.TProperties>(fields: Fields, options: Type.TObjectOptions = {}) {
  return Type.Object(fields, { ...options, propertyNames: { enum: Object.keys(fields) } });
}
