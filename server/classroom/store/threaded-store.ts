import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RoomChange, RoomStore, StoredClass } from './room-store.ts';
import { roomsFile } from './sqlite-schema.ts';
import type { StoreAnswer, StoreAsk, StoreTask } from './store-messages.ts';

/** Beside this file, compiled where this one is. */
const THREAD = new URL(`./store-thread${extname(import.meta.url)}`, import.meta.url);

/**
 * A `SqliteStore` in a thread of its own. Its calls are synchronous, and now and then one waits for the disk: SQLite folds the log into
 * the file every thousand pages and has the disk confirm both, which takes 150 ms on a disk with other work. On the server's own thread
 * everybody's bytes would wait for that. The thread is started when there is something to load or to store.
 */
export class ThreadedStore implements RoomStore {
  readonly #folder: string;
  #thread: Worker | undefined;
  readonly #asked = new Map<number, PromiseWithResolvers<readonly StoredClass[]>>();
  #lastId = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly load = async (): Promise<readonly StoredClass[]> =>
    existsSync(roomsFile(this.#folder)) ? await this.#ask({ do: 'load' }) : [];

  readonly write = async (changes: readonly RoomChange[]): Promise<void> => {
    await this.#ask({ do: 'write', changes });
  };

  readonly close = async (): Promise<void> => {
    const thread = this.#thread;
    if (!thread) return;
    await this.#ask({ do: 'close' });
    this.#thread = undefined;
    await thread.terminate();
  };

  #ask(task: StoreTask): Promise<readonly StoredClass[]> {
    this.#thread ??= this.#start();
    this.#lastId += 1;
    const ask: StoreAsk = { id: this.#lastId, task };
    const asked = Promise.withResolvers<readonly StoredClass[]>();
    this.#asked.set(ask.id, asked);
    this.#thread.ref();
    this.#thread.postMessage(ask);
    return asked.promise;
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { workerData: this.#folder });
    thread.on('message', (answer: StoreAnswer) => {
      const asked = this.#asked.get(answer.id);
      this.#asked.delete(answer.id);
      // The process waits for what it has asked, and for nothing else of the thread.
      if (this.#asked.size === 0) thread.unref();
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.rooms);
    });
    // It has ended by itself: what was asked is not stored, and another one is started for what comes.
    thread.on('error', (error) => this.#onEnd(thread, error));
    thread.on('exit', (code) => this.#onEnd(thread, new Error(`the thread of the rooms ended with ${code}`)));
    return thread;
  }
  #onEnd(thread: Worker, error: unknown): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}
