import type { FromFileWorker, ToFileWorker } from './file-messages.ts';
import { FileWork } from './file-work.ts';

type WorkerScope = {
  postMessage: (message: FromFileWorker, transfer: Transferable[]) => void;
  onmessage: ((event: { readonly data: ToFileWorker }) => void) | null;
};
const scope = globalThis as unknown as WorkerScope;
const work = new FileWork((message, transfer) => scope.postMessage(message, transfer));
scope.onmessage = ({ data }) => void work.receive(data);
