import type { Static, TSchema } from 'typebox';
import { Errors } from 'typebox/schema';
import { fits } from './fits.ts';
import { refusal } from './refusal.ts';

/** The value as the schema says it is. @throws {PlaygroundError} LESSONS_INVALID with the path of what does not fit */
export function validate<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  file: string,
  path = '',
): Static<Schema> {
  if (fits(schema, value)) return value as Static<Schema>;
  const [, errors] = Errors(schema, value);
  // Of a value that could be one of several, the deepest says best what is wrong.
  const [worst] = errors.toSorted((one, other) => depthOf(other.instancePath) - depthOf(one.instancePath));
  throw refusal(file, `${path}${worst?.instancePath ?? ''}`, reasonOf(worst));
}

function reasonOf(error: { schemaPath: string; message: string } | undefined): string {
  if (error?.schemaPath.endsWith('/propertyNames')) return 'is not a field here';
  return error?.message ?? 'does not fit';
}
function depthOf(path: string): number {
  return path.split('/').length;
}
