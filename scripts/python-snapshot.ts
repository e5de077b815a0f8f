import { loadPyodide } from 'pyodide';

/**
 * What every program of the page imports in the end, and what the shims stand on: imported once, when the page is built. Modules
 * that hold on to a class of sockets or threads are left out: the shims put others in their place (web/python/shim).
 */
export const SNAPSHOT_MODULES = [
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

type Snapshotting = { runPython: (code: string) => unknown; makeMemorySnapshot: () => Uint8Array };

/** The memory of a Python that has started: a worker that begins with it is ready in a fraction of the time. */
export async function makePythonSnapshot(): Promise<Uint8Array> {
  const options = { _makeSnapshot: true } as Parameters<typeof loadPyodide>[0];
  const python = (await loadPyodide(options)) as unknown as Snapshotting;
  python.runPython(SNAPSHOT_MODULES.map((name) => `import ${name}`).join('\n'));
  return python.makeMemorySnapshot();
}
