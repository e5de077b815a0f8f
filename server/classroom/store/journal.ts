import type { Clock } from '../../../protocol/clock.ts';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { RoomChange, RoomStore } from './room-store.ts';

/** A class that meets a step together is one transaction. */
const GATHER: Milliseconds = 100;
/** After a write that failed: a full disk is not full for ever. */
const RETRY: Milliseconds = 1_000;

/** Gathers changes and writes them together, in their order. */
export class Journal {
  readonly #store: RoomStore;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  #changes: RoomChange[] = [];
  #batch: PromiseWithResolvers<void> | undefined;
  /** What is being written now; one at a time, so that a later change never comes before an earlier. */
  #writing: Promise<void> | undefined;
  #isDue = false;
  #count = 0;

  constructor(store: RoomStore, clock: Clock, onFault: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** How many changes were added. */
  get count(): number {
    return this.#count;
  }
  add(change: RoomChange): void {
    this.#count += 1;
    this.#changes.push(change);
    this.#begin(GATHER);
  }

  /** Resolves when all that was added so far is stored. @throws {PlaygroundError} INTERNAL: it is not, and is tried again */
  get settled(): Promise<void> {
    return this.#batch?.promise ?? this.#writing ?? Promise.resolve();
  }

  /** Writes what waits, now, and closes the store. */
  async close(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    this.#flush();
    await this.#writing?.catch(() => undefined);
    await this.#store.close();
  }

  #begin(wait: Milliseconds): void {
    if (this.#batch) return;
    this.#batch = Promise.withResolvers();
    this.#batch.promise.catch(() => undefined); // nobody may wait for it
    this.#clock.after(wait, () => this.#flush());
  }

  #flush(): void {
    if (this.#writing !== undefined) {
      this.#isDue = true;
      return;
    }
    const batch = this.#batch;
    if (!batch) return;
    const changes = this.#changes;
    this.#batch = undefined;
    this.#changes = [];
    this.#isDue = false;
    this.#writing = batch.promise;
    this.#store.write(changes).then(
      () => {
        this.#writing = undefined;
        batch.resolve();
        if (this.#isDue) this.#flush();
      },
      (error: unknown) => {
        this.#changes.unshift(...changes);
        this.#writing = undefined;
        this.#begin(RETRY);
        if (this.#isDue) this.#clock.after(RETRY, () => this.#flush());
        batch.reject(new PlaygroundError('INTERNAL', 'the rooms cannot be stored', { cause: error }));
        this.#onFault(error);
      },
    );
  }
}
