import * as Type from 'typebox';

/** An object of these fields and no other. */
export function closedObject<Fields extends Type.TProperties>(fields: Fields, options: Type.TObjectOptions = {}) {
  return Type.Object(fields, { ...options, additionalProperties: false });
}
