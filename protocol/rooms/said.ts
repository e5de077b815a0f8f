import * as Type from 'typebox';
import { U32 } from '../messages/fields.ts';
import { closedObject } from '../schema/closed-object.ts';

/** A ROOM message that is asked and will be answered: by one with the same `id`. */
export function asked<Say extends string, Fields extends Type.TProperties>(say: Say, fields: Fields) {
  return closedObject({ say: Type.Literal(say), id: U32, ...fields });
}

/** A ROOM message that is told without being asked for. */
export function told<Say extends string, Fields extends Type.TProperties>(say: Say, fields: Fields) {
  return closedObject({ say: Type.Literal(say), ...fields });
}
