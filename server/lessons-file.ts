import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parsePackFile } from '../lesson/pack/pack.ts';
import { PlaygroundError } from '../protocol/errors.ts';

/**
 * The lessons that all learners of this server get (`--lessons FILE`), as they stand in the file, once the page's own validator has
 * accepted them. @throws {PlaygroundError} CONFIG_INVALID: names the file, the place in it and the reason
 */
export async function readLessonsFile(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    parsePackFile(text, basename(path));
    return text;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlaygroundError('CONFIG_INVALID', `--lessons ${path} cannot be used: ${reason}`, { cause });
  }
}
