import type { EmscriptenFiles } from './process-folder.ts';
import { type EmscriptenModule, prepareWebAssembly } from './pyodide-internals.ts';
import type { PythonUrls } from './python-files.ts';

type Writing = { write: (bytes: Uint8Array) => number; isatty: boolean };

/** What the worker uses of Pyodide, and of the modules of the shim. */
export type Pyodide = {
  readonly version: string;
  readonly _module: EmscriptenModule;
  readonly FS: EmscriptenFiles;
  setStdout: (options: Writing) => void;
  setStderr: (options: Writing) => void;
  setInterruptBuffer: (buffer: unknown) => void;
  registerJsModule: (name: string, module: object) => void;
  pyimport: (name: string) => {
    install: { callPromising: () => Promise<void> };
    run: { callPromising: RunProgram };
    look: { callPromising: () => Promise<string> };
    evaluate: { callPromising: (ident: number, text: string) => Promise<string> };
  };
};
/** The program's exit code. */
export type RunProgram = (source: string, filename: string, args: string) => Promise<number>;
type PyodideLoader = { loadPyodide: (options: object) => Promise<Pyodide> };

const SHIM_FOLDER = '/lib/python3.14/site-packages/_playground';

/** CPython, started: from the build's snapshot of memory, where there is one. */
export async function loadPyodide({ index, snapshot }: PythonUrls): Promise<Pyodide> {
  let memory: EmscriptenModule | undefined;
  prepareWebAssembly(() => memory?.HEAP32);
  const loader = (await import(/* @vite-ignore */ `${index}pyodide.mjs`)) as PyodideLoader;
  const pyodide = await loader.loadPyodide({
    indexURL: index,
    env: { HOME: '/home/pyodide', TERM: 'xterm-256color' },
    ...(snapshot === undefined ? {} : { _loadSnapshot: fetch(snapshot).then((response) => response.arrayBuffer()) }),
  });
  memory = pyodide._module;
  return pyodide;
}

/** Puts our modules in the place of CPython's. A snapshot has them in it, compiled. */
export async function installShim(pyodide: Pyodide, host: object, hasSnapshot: boolean): Promise<void> {
  pyodide.registerJsModule('_playground_host', { host });
  if (!hasSnapshot) {
    const { SHIM_FILES } = await import('./shim-files.ts');
    pyodide.FS.mkdirTree(SHIM_FOLDER);
    for (const [name, text] of Object.entries(SHIM_FILES)) pyodide.FS.writeFile(`${SHIM_FOLDER}/${name}`, text);
  }
  await pyodide.pyimport('_playground').install.callPromising();
}

/** What Python writes to its standard output and its standard error goes to `print`, as text. */
export function connectStreams(pyodide: Pyodide, print: (fd: 1 | 2, text: string) => void): void {
  const connect = (fd: 1 | 2): Writing => {
    const decoder = new TextDecoder();
    return {
      isatty: true,
      write: (bytes) => {
        print(fd, decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
    };
  };
  pyodide.setStdout(connect(1));
  pyodide.setStderr(connect(2));
}
