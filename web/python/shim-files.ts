const FILES = import.meta.glob<string>('./shim/*.py', { query: '?raw', import: 'default', eager: true });

/** The Python package that the worker puts under the standard library, by file name. */
export const SHIM_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FILES).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]),
);
