import type { ByteCount } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { FileStore } from '../../platform/stored-files.ts';
import { FILE_MAX, type FileChange, type FolderFile, isFileName } from '../../python/folder-files.ts';

/** What the browser is asked to keep of one set of programs. */
export const FOLDER_MAX: ByteCount = 32 * 1024 * 1024;
const FILES_MAX = 200;

/**
 * The folder that the programs of the page share, and each of their processes runs in a copy of: files that they write, that the person
 * brings, and modules beside the programs. What is kept of it is kept in the browser, for each set of programs by itself.
 */
export class ProgramFolder extends Observable {
  readonly #store: FileStore;
  #files = new Map<string, Uint8Array<ArrayBuffer>>();
  #key: string | undefined;
  /** A name that there was no room for. */
  #refused: string | undefined;

  constructor(store: FileStore) {
    super();
    this.#store = store;
  }

  /** By name. */
  files(): readonly FolderFile[] {
    return [...this.#files]
      .map(([name, bytes]) => ({ name, bytes }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }
  get(name: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#files.get(name);
  }
  /** The last file that was too large, one too many, or had no name that a folder takes. */
  get refused(): string | undefined {
    return this.#refused;
  }

  /** Shows another set's folder: what is kept of it comes a little later. No key: it begins empty, and nothing is kept. */
  async open(key: string | undefined): Promise<void> {
    if (key !== undefined && key === this.#key) return;
    this.#key = key;
    this.#files = new Map();
    this.#refused = undefined;
    this.changed();
    if (key === undefined) return;
    const kept = await this.#store.list(key);
    if (this.#key !== key) return;
    // What was written meanwhile is newer.
    this.#files = new Map([...kept.map(({ name, bytes }) => [name, bytes] as const), ...this.#files]);
    this.changed();
  }
  /** The set that is shown has another key from now on, and its files with it. */
  async keepAs(key: string): Promise<void> {
    if (key === this.#key) return;
    this.#key = key;
    for (const [name, bytes] of this.#files) await this.#store.write(key, name, bytes);
  }
  async forget(key: string): Promise<void> {
    await this.#store.removeFolder(key);
  }

  /** Returns whether it was done: what is too large, or one too many, is not. */
  apply({ name, bytes }: FileChange): boolean {
    if (!this.#takes(name, bytes)) {
      this.#refused = name;
      this.changed();
      return false;
    }
    if (bytes) this.#files.set(name, bytes);
    else this.#files.delete(name);
    if (this.#refused === name) this.#refused = undefined;
    if (this.#key !== undefined) void this.#store.write(this.#key, name, bytes);
    this.changed();
    return true;
  }

  #takes(name: string, bytes: Uint8Array | undefined): boolean {
    if (!isFileName(name)) return false;
    if (!bytes) return true;
    const others = [...this.#files].filter(([other]) => other !== name);
    const total = others.reduce((sum, [, { length }]) => sum + length, bytes.length);
    return bytes.length <= FILE_MAX && total <= FOLDER_MAX && others.length < FILES_MAX;
  }
}
