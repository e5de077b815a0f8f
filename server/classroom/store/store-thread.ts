/** The thread that has the rooms' file open. Started by threaded-store.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteStore } from './sqlite-store.ts';
import type { StoreAnswer, StoreAsk, StoreTask } from './store-messages.ts';

const store = new SqliteStore(workerData as string);

async function run(task: StoreTask): Promise<Awaited<ReturnType<SqliteStore['load']>>> {
  if (task.do === 'load') return await store.load();
  if (task.do === 'write') await store.write(task.changes);
  else await store.close();
  return [];
}

parentPort?.on('message', ({ id, task }: StoreAsk) => {
  const answer = (value: StoreAnswer): void => parentPort?.postMessage(value);
  run(task).then(
    (rooms) => answer({ id, rooms }),
    (error: unknown) => answer({ id, error }),
  );
});
