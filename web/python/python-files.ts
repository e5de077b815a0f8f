import type { ByteCount } from '../../protocol/units.ts';
import { gatewayUrl } from '../platform/browser-gateway.ts';

/** Set by the build (scripts/build/python-runtime.ts): which Pyodide, and how long its files are before compression. */
declare const PYTHON_RUNTIME: {
  readonly version: string;
  readonly folder: string;
  /** The file with the memory of a Python that has started; a development server has none. */
  readonly snapshot?: string;
  readonly files: readonly { readonly name: string; readonly bytes: ByteCount }[];
};

/** Without JSPI no Python call can wait while JavaScript goes on. */
export function isPythonSupported(): boolean {
  return typeof WebAssembly === 'object' && 'Suspending' in WebAssembly;
}

/** Where the gateway is, and Pyodide's files: of our own origin, under a name that changes with them, so they are kept for good. */
export type PythonUrls = { readonly index: string; readonly snapshot: string | undefined; readonly gateway: string };

export function pythonUrls(base: string): PythonUrls {
  const { folder, snapshot } = PYTHON_RUNTIME;
  const index = new URL(`${base}${folder}/`, document.baseURI).href;
  const gateway = gatewayUrl(window.location, new URL(base, document.baseURI).pathname);
  return { index, snapshot: snapshot === undefined ? undefined : `${index}${snapshot}`, gateway };
}

/**
 * Fetches Pyodide's files into the browser's cache, telling how far it is, 0 to 1. A worker can then load them at once; it
 * cannot count them itself, since WebAssembly's compiled code is kept only for a response that comes straight from the cache.
 */
export async function fetchPythonFiles(base: string, onProgress: (part: number) => void): Promise<void> {
  const { files } = PYTHON_RUNTIME;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  const count = (bytes: ByteCount) => {
    loaded += bytes;
    onProgress(Math.min(1, loaded / total));
  };
  await Promise.all(files.map(({ name }) => fetchCounting(`${pythonUrls(base).index}${name}`, count)));
}

async function fetchCounting(url: string, count: (bytes: ByteCount) => void): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${response.status} for ${url}`);
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    count(value.length);
  }
}

/** Changes with every file. */
export const PYTHON_BUILD = PYTHON_RUNTIME.folder;
