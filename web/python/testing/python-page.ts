import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';
import { noDns } from '../../../testing/kit/packaged-playground.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { PythonNode } from './python-node.ts';

/** Only ends what hangs: each test starts a whole Python, and for each state of the shims a snapshot of its memory is made once. */
const PYTHON_MAX = 60_000;

type Served = { readonly url: string; readonly close: () => Promise<void> };

/**
 * A page for the tests of the file that calls this, and the playground that serves it.
 * @returns what starts a process there, which ends with the test that started it
 */
export function pythonPage(
  serve: () => Promise<Served> = () => startTestPlayground({ lookup: noDns }),
): PythonNode['start'] {
  vi.setConfig({ testTimeout: PYTHON_MAX });
  let served: Served;
  let page: PythonNode;
  beforeAll(async () => {
    served = await serve();
    page = await PythonNode.open(served.url);
  }, PYTHON_MAX);
  afterAll(async () => {
    page.close();
    await served.close();
  });
  return (...what) => {
    const process = page.start(...what);
    onTestFinished(() => process.kill());
    return process;
  };
}
