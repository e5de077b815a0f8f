import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../node_modules/.cache/socket-playground/build', import.meta.url));

/**
 * A file that takes seconds to make and is the same from build to build. `name` has in it all that it is made of.
 * @returns its path
 */
export async function cachedFile(name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  await mkdir(FOLDER, { recursive: true });
  // Two builds may run at once: whoever reads it finds it whole.
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, await make());
  await rename(part, path);
  return path;
}
