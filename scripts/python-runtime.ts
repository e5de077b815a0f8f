import { createReadStream, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

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
/** Below assets/, which is served as never changing: the version is in the name. */
const FOLDER = `assets/pyodide-${version}`;

/** Serves Pyodide's files from our own origin: emitted by the build as they are, read from the package in development. */
export function pythonRuntime(): Plugin {
  return {
    name: 'python-runtime',
    config: () => ({
      define: {
        PYTHON_RUNTIME: JSON.stringify({
          version,
          folder: FOLDER,
          files: Object.keys(FILES).map((name) => ({ name, bytes: statSync(join(PACKAGE, name)).size })),
        }),
      },
    }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = request.url?.split('?')[0]?.split(`/${FOLDER}/`)[1] ?? '';
        const type = FILES[name];
        if (!type) return next();
        response.setHeader('content-type', type);
        createReadStream(join(PACKAGE, name)).pipe(response);
      });
    },
    generateBundle() {
      for (const name of Object.keys(FILES)) {
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source: readFileSync(join(PACKAGE, name)) });
      }
    },
  };
}
