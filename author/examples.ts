import { readFileSync } from 'node:fs';

const EXAMPLES = new URL('../web/store/programs/examples/', import.meta.url);

/** The source of one of the page's examples. */
export function exampleAt(name: string, file: string): string | undefined {
  try {
    return readFileSync(new URL(`${name}/${file}`, EXAMPLES), 'utf8');
  } catch {
    return undefined;
  }
}
