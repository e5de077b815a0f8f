import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

/**
 * What every program of the page imports in the end, and what the shims stand on: imported once, when the page is built. Modules
 * that hold on to a class of sockets or threads are left out: the shims put others in their place (web/python/shim).
 */
const MODULES = [
  'asyncio',
  'collections',
  'contextlib',
  'functools',
  'gc',
  'importlib',
  'io',
  'ipaddress',
  'linecache',
  'logging',
  'queue',
  'select',
  'selectors',
  'shlex',
  'signal',
  'socket',
  'struct',
  'threading',
  'time',
  'traceback',
  'types',
  'warnings',
  'weakref',
  'pyodide.ffi',
];
/** Run anew in every process, on the shims: their code is kept compiled (web/python/shim/compiled.py). */
const RELOADED = ['threading', 'socket', 'selectors', 'queue', 'logging'];

const SHIM = fileURLToPath(new URL('../../web/python/shim', import.meta.url));
const SHIM_FOLDER = '/lib/python3.14/site-packages/_playground';

/** The shims by module name, with the path they are given in the worker. */
function shimSources(): { module: string; path: string; source: string }[] {
  return readdirSync(SHIM)
    .filter((file) => file.endsWith('.py'))
    .map((file) => {
      const stem = basename(file, '.py');
      return {
        module: stem === '__init__' ? '_playground' : `_playground.${stem}`,
        path: `${SHIM_FOLDER}/${file}`,
        source: readFileSync(join(SHIM, file), 'utf8'),
      };
    });
}

/** All that the snapshot is made of, but for Pyodide: other input has another name. */
export function snapshotInput(): string {
  return JSON.stringify([MODULES, RELOADED, shimSources()]);
}

const KEEP_CODE = `
import importlib.abc, importlib.machinery, importlib.util, json, sys

class CompiledFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the shims among the code kept here."""

    def find_spec(self, name, path=None, target=None):
        if name != '_playground' and not name.startswith('_playground.'):
            return None
        code = sys._playground_code.get(name)
        if code is None:
            return None
        is_package = name == '_playground'
        spec = importlib.machinery.ModuleSpec(name, self, origin=code.co_filename, is_package=is_package)
        spec.has_location = True
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(sys._playground_code[module.__name__], module.__dict__)

def keep(reloaded, shims):
    sys._playground_code = {name: importlib.util.find_spec(name).loader.get_code(name) for name in json.loads(reloaded)}
    for shim in json.loads(shims):
        sys._playground_code[shim['module']] = compile(shim['source'], shim['path'], 'exec', dont_inherit=True)
    sys.meta_path.insert(0, CompiledFinder())
`;

type Snapshotting = {
  runPython: (code: string) => unknown;
  makeMemorySnapshot: () => Uint8Array;
};

/** The memory of a Python that has started: a worker that begins with it is ready in a fraction of the time. */
export async function makePythonSnapshot(): Promise<Uint8Array> {
  const options = { _makeSnapshot: true } as Parameters<typeof loadPyodide>[0];
  const python = (await loadPyodide(options)) as unknown as Snapshotting;
  python.runPython(MODULES.map((name) => `import ${name}`).join('\n'));
  // A JSON string, written as JSON once more, is a Python string literal.
  const [reloaded, shims] = [RELOADED, shimSources()].map((value) => JSON.stringify(JSON.stringify(value)));
  python.runPython(`${KEEP_CODE}\nkeep(${reloaded}, ${shims})\ndel keep, CompiledFinder\n`);
  return python.makeMemorySnapshot();
}
