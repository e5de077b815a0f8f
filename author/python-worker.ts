import { Worker as NodeWorker } from 'node:worker_threads';
import { PYTHON_WORKER } from '../web/python/testing/python-node.ts';
import type { FromWorker, ToWorker } from '../web/python/worker-messages.ts';

/**
 * A browser's Worker for PythonProcess, as a thread of Node. The thread starts with the program: the one that a page starts ahead of
 * the next Run would cost as much as the program itself.
 */
class PythonWorker {
  static snapshot = '';
  onmessage: ((event: { readonly data: FromWorker }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  #boot: (ToWorker & { type: 'boot' }) | undefined;
  #thread: NodeWorker | undefined;
  #isOver = false;

  postMessage(message: ToWorker): void {
    if (this.#isOver) return;
    if (message.type === 'boot') {
      this.#boot = message;
      return;
    }
    if (!this.#thread && this.#boot) this.#start(this.#boot);
    this.#thread?.postMessage(message);
  }
  terminate(): void {
    this.#isOver = true;
    void this.#thread?.terminate();
  }

  #start(boot: ToWorker & { type: 'boot' }): void {
    const origin = new URL(boot.urls.gateway.replace(/^ws/, 'http')).origin;
    const thread = new NodeWorker(PYTHON_WORKER, { workerData: { origin, snapshot: PythonWorker.snapshot } });
    thread.on('message', (data: FromWorker) => this.onmessage?.({ data }));
    thread.on('error', (error) => this.onerror?.({ message: String(error) }));
    thread.postMessage(boot);
    this.#thread = thread;
  }
}

/** From here on the page's Python runs in threads of Node. `snapshot`: the file with the memory of a Python that has started. */
export function runPythonInNode(snapshot: string): void {
  PythonWorker.snapshot = snapshot;
  Object.assign(globalThis, { Worker: PythonWorker });
}
