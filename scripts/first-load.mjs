/** How much JavaScript the first visit loads: the scripts of index.html and all that they import statically. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WEB_ROOT } from './page.mjs';

/** Compressed. */
const FIRST_LOAD_BYTES_MAX = 150_000;

/** Weighs dist/web, as its manifest says what imports what. */
export function weighFirstLoad() {
  /** @type {Record<string, { file: string, isEntry?: boolean, imports?: string[] }>} */
  const manifest = JSON.parse(readFileSync(join(WEB_ROOT, '.vite', 'manifest.json'), 'utf8'));
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} key */
  const add = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) add(key);
  const page = readFileSync(join(WEB_ROOT, 'index.html'), 'utf8');
  for (const [, file] of page.matchAll(/<script[^>]* src="\.\/([^"]+)"/g)) if (file) files.add(file);
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(WEB_ROOT, file))).length, 0);
  const text = `first load: ${bytes} bytes of JavaScript compressed, in ${files.size} files; ${FIRST_LOAD_BYTES_MAX} allowed\n`;
  return { isWithin: files.size > 0 && bytes <= FIRST_LOAD_BYTES_MAX, text };
}
