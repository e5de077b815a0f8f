import { execFileSync } from 'node:child_process';

export type CPythonTests = {
  /** The version they are of. */
  readonly version: string;
  /** A zip archive of the package `test`, as far as the suites need it, in base64. */
  readonly archive: string;
};

/** CPython's own, newest first. Debian has the package apart: libpython3-testsuite. */
const PYTHONS = ['python3.14', 'python3.13', 'python3.12', 'python3'];
const PACK = `
import base64, io, json, os, sys, zipfile
import test.test_socket, test.test_selectors
folder = os.path.dirname(os.path.dirname(test.__file__))
made = io.BytesIO()
with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as archive:
    def add(path):
        archive.write(path, os.path.relpath(path, folder))
    for name in ['__init__.py', *sys.argv[1:]]:
        add(os.path.join(folder, 'test', name))
    for parent, folders, files in os.walk(os.path.join(folder, 'test', 'support')):
        for name in files:
            if name.endswith('.py'):
                add(os.path.join(parent, name))
print(json.dumps([sys.version.split()[0], base64.b64encode(made.getvalue()).decode()]))
`;

/** Packs the suites of a CPython on this machine; PYTHON names one. @throws {Error} where none has them */
export function findTests(suites: readonly string[]): CPythonTests {
  const { PYTHON } = process.env;
  for (const python of PYTHON ? [PYTHON] : PYTHONS) {
    try {
      const files = suites.map((suite) => `${suite}.py`);
      const text = execFileSync(python, ['-c', PACK, ...files], {
        encoding: 'utf8',
        stdio: 'pipe',
        maxBuffer: 2 ** 26,
      });
      const [version, archive] = JSON.parse(text) as [string, string];
      return { version, archive };
    } catch {
      // Not on this machine, or without its tests.
    }
  }
  throw new Error(
    'no CPython with its tests here: on Debian, apt-get install libpython3-testsuite; else PYTHON=/path/to/python3',
  );
}
