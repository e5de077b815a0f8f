import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { formatPackFile, type Pack, parsePack, parsePackFile } from '../lesson/pack/pack.ts';
import { readPackFolder } from '../lesson/testing/pack-folder.ts';

/** A pack from its folder, or from its one file. @throws {PlaygroundError} LESSONS_INVALID @throws {Error} the system's */
export function readPack(path: string): Pack {
  if (!statSync(path).isDirectory()) return parsePackFile(readFileSync(path, 'utf8'), basename(path));
  return parsePack(readPackFolder(path));
}

/** A folder's pack as one file, once it is a pack. @throws {PlaygroundError} LESSONS_INVALID @throws {Error} the system's */
export function packFolder(folder: string): { readonly name: string; readonly text: string } {
  const files = readPackFolder(folder);
  const { head } = parsePack(files);
  const text = formatPackFile(files);
  // What is too long as one file is told before it is handed out.
  parsePackFile(text, folder);
  return { name: `${head.id}.lessons.json`, text };
}
