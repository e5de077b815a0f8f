import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

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

const CACHE = fileURLToPath(new URL('../node_modules/.cache/socket-playground/compressed', import.meta.url));

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
  const key = createHash('sha256').update(bytes).digest('hex');
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: isLarge ? 9 : constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await Promise.all([
    compressTo(`${path}.br`, isLarge && `${key}.br`, () => promisify(brotliCompress)(bytes, { params })),
    compressTo(`${path}.gz`, isLarge && `${key}.gz`, () => promisify(gzip)(bytes, { level: 9 })),
  ]);
}

/** Large files are the same from build to build: what they were compressed to is kept by their hash. */
async function compressTo(path: string, key: string | false, compress: () => Promise<Buffer>): Promise<void> {
  if (key === false) return writeFile(path, await compress());
  const kept = join(CACHE, key);
  if (!existsSync(kept)) {
    await mkdir(CACHE, { recursive: true });
    const part = `${kept}.${process.pid}`;
    await writeFile(part, await compress());
    await rename(part, kept);
  }
  return copyFile(kept, path);
}
