import type { Static, TSchema } from 'typebox';
import { fits } from '../../protocol/schema/fits.ts';
import { misfitOf } from './misfit.ts';
import { refusal } from './refusal.ts';

/** The value as the schema says it is. @throws {PlaygroundError} LESSONS_INVALID with the path of what does not fit */
export function validate<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  file: string,
  path = '',
): Static<Schema> {
  if (fits(schema, value)) return value as Static<Schema>;
  const { path: place, reason } = misfitOf(schema, value);
  throw refusal(file, `${path}${place}`, reason);
}
