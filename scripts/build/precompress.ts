import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { cachedFile } from './build-cache.ts';

const COMPRESSIBLE = new Set([
  '.bin',
  '.css',
  '.html',
  '.js',
  '.json',
  '.mjs',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
]);
/** Smaller files gain nothing: they fit one segment as they are. */
const BYTES_MIN = 1_024;
/** Above this the best quality takes tens of seconds for a few per cent. */
const BEST_BYTES_MAX = 1_048_576;

/** Writes .br and .gz beside each file of the build, once, so that the server never compresses anything. */
export function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      const files = await readdir(outDir, { recursive: true, withFileTypes: true });
      await Promise.all(
        files
          .filter((file) => file.isFile() && COMPRESSIBLE.has(extname(file.name)))
          .map((file) => compressFile(join(file.parentPath, file.name))),
      );
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < BYTES_MIN) return;
  const isLarge = bytes.length > BEST_BYTES_MAX;
  const key = isLarge ? createHash('sha256').update(bytes).digest('hex') : undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: isLarge ? 9 : constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await Promise.all([
    compressTo(`${path}.br`, key && `${key}.br`, () => promisify(brotliCompress)(bytes, { params })),
    compressTo(`${path}.gz`, key && `${key}.gz`, () => promisify(gzip)(bytes, { level: 9 })),
  ]);
}

/** What a large file was compressed to is kept, by its hash. */
async function compressTo(path: string, key: string | undefined, compress: () => Promise<Buffer>): Promise<void> {
  if (key === undefined) await writeFile(path, await compress());
  else await copyFile(await cachedFile(key, compress), path);
}
