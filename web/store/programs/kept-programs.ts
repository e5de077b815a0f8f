import { readStored, readStoredJson, removeStored, storedKeys, writeStored } from '../../platform/stored.ts';
import { SavedPrograms, type SavedSet } from './saved-programs.ts';
import { parseShared, type SharedPrograms } from './shared-programs.ts';

const STORED = 'programs';
/** The person's own set that is shown, by its id: of this tab, else the one that a tab showed last. */
const SHOWN = 'programs.shown';
/** A lesson's programs stand apart from the person's own: as they were edited, for as long as the tab. */
const OF_LESSON = 'lesson-programs ';

/** What of the programs outlives the page: the person's own sets, which of them is shown, and what was here last. */
export class KeptPrograms {
  readonly #saved = new SavedPrograms({
    store: {
      keys: () => storedKeys('browser'),
      read: (key) => readStored('browser', key),
      write: (key, text) => writeStored('browser', key, text),
      remove: (key) => removeStored('browser', key),
    },
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
  });
  /** `seen`: as it was read or written last. */
  #own: { readonly id: string; readonly name: string; readonly seen: Pick<SavedSet, 'programs' | 'task'> } | undefined;

  /** The person's set that is shown. */
  get own(): { readonly id: string; readonly name: string } | undefined {
    return this.#own;
  }
  list(): readonly SavedSet[] {
    return this.#saved.list();
  }
  get(id: string): SavedSet | undefined {
    return this.#saved.get(id);
  }
  /** Whether a storage event's key is that of the set that is shown. */
  isOwnKey(key: string | null): boolean {
    return this.#own !== undefined && key === this.#saved.keyOf(this.#own.id);
  }

  show({ id, name, programs, task }: SavedSet): void {
    this.#own = { id, name, seen: { programs, task } };
  }
  leave(): void {
    this.#own = undefined;
  }
  rename(name: string): void {
    if (!this.#own) return;
    this.#saved.rename(this.#own.id, name);
    this.#own = { ...this.#own, name: this.#saved.get(this.#own.id)?.name ?? this.#own.name };
  }
  /** Forgets the set that is shown. */
  remove(): void {
    if (this.#own) this.#saved.remove(this.#own.id);
    this.#own = undefined;
  }
  /** The programs as the set that is shown, or as a new one, which `nameOf` names. @returns the set with what other tabs wrote in it */
  keepOwn({ programs, task }: SharedPrograms, nameOf: (nth: number) => string): SavedSet {
    const set = this.#own
      ? this.#saved.save(this.#own.id, this.#own.seen.programs, programs, { task, seen: this.#own.seen.task })
      : this.#saved.create(nameOf, programs, task);
    this.show(set);
    return set;
  }

  /** As it was left: by this tab, else by the tab that was here last. */
  last(): SavedSet | SharedPrograms | undefined {
    const id = readStored('tab', SHOWN) ?? readStored('browser', SHOWN) ?? '';
    return this.#saved.get(id) ?? parseShared(readStoredJson('browser', STORED));
  }
  keepLast(shared: SharedPrograms): void {
    writeStored('browser', STORED, JSON.stringify(shared));
  }
  keepShown(): void {
    for (const lifetime of ['tab', 'browser'] as const) writeStored(lifetime, SHOWN, this.#own?.id ?? '');
  }

  ofLesson(lesson: string): SharedPrograms | undefined {
    return parseShared(readStoredJson('tab', OF_LESSON + lesson));
  }
  keepOfLesson(lesson: string, shared: SharedPrograms): void {
    writeStored('tab', OF_LESSON + lesson, JSON.stringify(shared));
  }
}
