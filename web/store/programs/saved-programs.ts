import type { Milliseconds } from '../../../protocol/units.ts';
import type { Task } from '../tasks/task.ts';
import { parseShared, type SourceFile } from './shared-programs.ts';

/** Programs that a person wrote or changed, under a name of theirs. */
export type SavedSet = {
  readonly id: string;
  readonly name: string;
  readonly at: Milliseconds;
  readonly programs: readonly SourceFile[];
  /** That came with them, or was written for them. */
  readonly task?: Task | undefined;
};

/** Where they are kept: the browser's storage, which other tabs write too. */
export type TextStore = {
  readonly keys: () => readonly string[];
  readonly read: (key: string) => string | null;
  readonly write: (key: string, text: string) => void;
  readonly remove: (key: string) => void;
};
export type SavedOptions = {
  readonly store: TextStore;
  readonly now: () => Milliseconds;
  readonly newId: () => string;
};

/** A set's task as it is now, and as it was last read or written. */
type Tasks = { readonly task?: Task | undefined; readonly seen?: Task | undefined };

const PREFIX = 'programs.own ';
const NAME_MAX = 60;

/** A person's programs: each set under a key of its own, so that two tabs write one key only where both show the same set. */
export class SavedPrograms {
  readonly #options: SavedOptions;

  constructor(options: SavedOptions) {
    this.#options = options;
  }

  /** The storage key of a set: what a storage event names. */
  keyOf(id: string): string {
    return PREFIX + id;
  }
  /** The newest first. */
  list(): readonly SavedSet[] {
    const { store } = this.#options;
    return store
      .keys()
      .filter((key) => key.startsWith(PREFIX))
      .flatMap((key) => this.get(key.slice(PREFIX.length)) ?? [])
      .toSorted((one, other) => other.at - one.at);
  }
  get(id: string): SavedSet | undefined {
    return parseSet(id, this.#options.store.read(this.keyOf(id)));
  }
  /** `nameOf(n)` names the nth; the first name that is free is taken. */
  create(nameOf: (nth: number) => string, programs: readonly SourceFile[], task?: Task): SavedSet {
    const taken = new Set(this.list().map(({ name }) => name));
    let nth = 1;
    while (taken.has(nameOf(nth))) nth += 1;
    return this.#write({ id: this.#options.newId(), name: nameOf(nth), at: this.#options.now(), programs, task });
  }
  rename(id: string, name: string): void {
    const set = this.get(id);
    const trimmed = name.trim().slice(0, NAME_MAX);
    if (set && trimmed !== '' && trimmed !== set.name) this.#write({ ...set, name: trimmed });
  }
  remove(id: string): void {
    this.#options.store.remove(this.keyOf(id));
  }

  /**
   * Writes what was edited here since `seen`, the set as it was last read or written. What another tab has edited meanwhile stays;
   * where both edited one file, what was edited here becomes a set of its own. A set that another tab removed is made anew.
   */
  save(id: string, seen: readonly SourceFile[], programs: readonly SourceFile[], tasks: Tasks = {}): SavedSet {
    const { task } = tasks;
    const stored = this.get(id);
    const { now, newId } = this.#options;
    if (!stored) return this.create((nth) => `${nth}`, programs, task);
    const of = (files: readonly SourceFile[], file: string) => files.find((one) => one.file === file);
    const isElsewhere = (file: string) => !isSame(of(stored.programs, file), of(seen, file));
    const isHere = (file: string) => !isSame(of(programs, file), of(seen, file));
    const all = [...new Set([...programs, ...stored.programs, ...seen].map(({ file }) => file))];
    const isConflict = all.some(
      (file) => isHere(file) && isElsewhere(file) && !isSame(of(programs, file), of(stored.programs, file)),
    );
    if (isConflict) {
      const { name } = stored;
      const taken = new Set(this.list().map((set) => set.name));
      let nth = 2;
      while (taken.has(`${name} (${nth})`)) nth += 1;
      return this.#write({ id: newId(), name: `${name} (${nth})`, at: now(), programs, task });
    }
    const merged = all.flatMap((file) => of(isElsewhere(file) ? stored.programs : programs, file) ?? []);
    // Nothing new: each tab would tell the other of it, without end.
    const mergedTask = isSameTask(task, tasks.seen) ? stored.task : task;
    if (isSameTask(mergedTask, stored.task) && isSameList(merged, stored.programs)) return stored;
    return this.#write({ ...stored, at: now(), programs: merged, task: mergedTask });
  }

  #write(set: SavedSet): SavedSet {
    const { id, ...rest } = set;
    this.#options.store.write(this.keyOf(id), JSON.stringify(rest));
    return set;
  }
}

function isSameList(some: readonly SourceFile[], others: readonly SourceFile[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, nth) => one.file === others[nth]?.file && isSame(one, others[nth]))
  );
}
function isSameTask(one: Task | undefined, other: Task | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
function isSame(one: SourceFile | undefined, other: SourceFile | undefined): boolean {
  return one?.source === other?.source && (one?.args ?? '') === (other?.args ?? '');
}

function parseSet(id: string, text: string | null): SavedSet | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    const shared = parseShared(value);
    const { name, at } = value as { readonly name?: unknown; readonly at?: unknown };
    if (!shared || typeof name !== 'string' || typeof at !== 'number') return undefined;
    const { programs, task } = shared;
    return { id, name: name.slice(0, NAME_MAX), at, programs, ...(task && { task }) };
  } catch {
    return undefined; // of an older page, or written by hand
  }
}
