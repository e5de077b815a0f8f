import type { ConsoleAnswer } from '../../python/worker-messages.ts';

/** A text typed to the running program, for one thread, and what came of it once that is known. */
export type ConsoleEntry = {
  readonly id: number;
  readonly ident: number;
  readonly text: string;
  readonly answer: ConsoleAnswer | undefined;
};

/** As many as can be looked at. */
const ENTRIES_KEPT = 50;

/** What was typed to the threads of one run of a program. */
export class ProgramConsole {
  #entries: readonly ConsoleEntry[] = [];
  #nextId = 1;

  get entries(): readonly ConsoleEntry[] {
    return this.#entries;
  }
  /** The new entry's number. */
  ask(ident: number, text: string): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#entries = [...this.#entries, { id, ident, text, answer: undefined }].slice(-ENTRIES_KEPT);
    return id;
  }
  answer(id: number, answer: ConsoleAnswer): void {
    this.#entries = this.#entries.map((entry) => (entry.id === id ? { ...entry, answer } : entry));
  }
  /** Another run begins. */
  clear(): void {
    this.#entries = [];
  }
}
