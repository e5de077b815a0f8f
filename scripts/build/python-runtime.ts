import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { cachedFile } from './build-cache.ts';
import { makePythonSnapshot, snapshotInput } from './python-snapshot.ts';

const PACKAGE = dirname(fileURLToPath(import.meta.resolve('pyodide/package.json')));
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };

/** What a worker loads, with its type: WebAssembly compiles while it streams only if it is served as such. */
const FILES: Readonly<Record<string, string>> = {
  'pyodide.mjs': 'text/javascript',
  'pyodide.asm.mjs': 'text/javascript',
  'pyodide.asm.wasm': 'application/wasm',
  'python_stdlib.zip': 'application/zip',
  'pyodide-lock.json': 'application/json',
};
const SNAPSHOT = 'python.bin';
/** Of pyodide 314.0.7; only how far a bar has come hangs on it. */
const SNAPSHOT_BYTES = 31_457_408;
/** Below assets/, which is served as never changing: what would change the files is in the name. */
const FOLDER = `assets/pyodide-${version}-${hash(snapshotInput())}`;

/**
 * Serves Pyodide's files from our own origin: emitted by the build as they are, with a snapshot of a Python that has started;
 * read from the package in development, without one.
 */
export function pythonRuntime(): Plugin {
  return {
    name: 'python-runtime',
    config: (_config, { command }) => {
      const isBuild = command === 'build';
      const files = Object.keys(FILES).map((name) => ({ name, bytes: statSync(join(PACKAGE, name)).size }));
      const snapshot = isBuild ? [{ name: SNAPSHOT, bytes: SNAPSHOT_BYTES }] : [];
      const runtime = {
        version,
        folder: FOLDER,
        files: [...files, ...snapshot],
        snapshot: isBuild ? SNAPSHOT : undefined,
      };
      return { define: { PYTHON_RUNTIME: JSON.stringify(runtime) } };
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = request.url?.split('?')[0]?.split(`/${FOLDER}/`)[1] ?? '';
        const type = FILES[name];
        if (!type) return next();
        response.setHeader('content-type', type);
        createReadStream(join(PACKAGE, name)).pipe(response);
      });
    },
    async generateBundle() {
      for (const name of Object.keys(FILES)) {
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source: readFileSync(join(PACKAGE, name)) });
      }
      const snapshot = await cachedFile(`${basename(FOLDER)}.bin`, makePythonSnapshot);
      this.emitFile({ type: 'asset', fileName: `${FOLDER}/${SNAPSHOT}`, source: readFileSync(snapshot) });
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
