import type { Milliseconds } from '../../protocol/units.ts';
import { FILE_MAX, type FileChange, type FolderFile, isFileName } from './folder-files.ts';

/** What of Emscripten's file system is used: https://emscripten.org/docs/api_reference/Filesystem-API.html */
export type EmscriptenFiles = {
  readonly trackingDelegate: {
    onOpenFile?: (path: string, flags: number) => void;
    onWriteToFile?: (path: string) => void;
    onCloseFile?: (path: string) => void;
    onDeletePath?: (path: string) => void;
    willMovePath?: (from: string, to: string) => void;
    onMovePath?: (from: string, to: string) => void;
  };
  readonly mkdirTree: (path: string) => void;
  readonly writeFile: (path: string, content: string | Uint8Array) => void;
  readonly readFile: (path: string) => Uint8Array<ArrayBuffer>;
  readonly unlink: (path: string) => void;
  readonly chdir: (path: string) => void;
  readonly stat: (path: string) => { readonly size: number; readonly mode: number };
  readonly isFile: (mode: number) => boolean;
  readonly readdir: (path: string) => readonly string[];
};

/** The working directory of each process. */
const FOLDER = '/home/pyodide';
const O_WRONLY_OR_RDWR = 3;
/** How soon what is written to a file that stays open is told. */
const OPEN_FILE_DELAY: Milliseconds = 250;

/** The working directory of a process: what the programs of a page share, copied into the process, and told of as it changes. */
export class ProcessFolder {
  readonly #fs: EmscriptenFiles;
  readonly #onChange: (change: FileChange) => void;
  /** Written and not told of. */
  readonly #dirty = new Set<string>();
  /** The programs' own texts: they belong to the editors. */
  readonly #own = new Set<string>();
  #isPutting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(fs: EmscriptenFiles, onChange: (change: FileChange) => void) {
    this.#fs = fs;
    this.#onChange = onChange;
  }

  /** Before the program runs. `own`: the names of the programs' texts among the files. */
  fill(files: readonly FolderFile[], own: readonly string[]): void {
    for (const name of own) this.#own.add(name);
    for (const file of files) this.put(file);
    this.#fs.chdir(FOLDER);
    const { trackingDelegate } = this.#fs;
    trackingDelegate.onOpenFile = (path, flags) => {
      if ((flags & O_WRONLY_OR_RDWR) !== 0) this.#written(path);
    };
    trackingDelegate.onWriteToFile = (path) => this.#written(path);
    trackingDelegate.onCloseFile = (path) => this.#tell(path);
    trackingDelegate.onDeletePath = (path) => this.#gone(path);
    trackingDelegate.onMovePath = (from, to) => this.#moved(from, to);
  }
  /** Somebody else has changed a file. */
  put({ name, bytes }: FileChange): void {
    const path = `${FOLDER}/${name}`;
    this.#isPutting = true;
    try {
      if (bytes) {
        this.#fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
        this.#fs.writeFile(path, bytes);
      } else this.#fs.unlink(path);
    } catch {
      // A folder of that name, or no such file any more: the process has its own way.
    } finally {
      this.#isPutting = false;
      this.#dirty.delete(path);
    }
  }
  /** All that is not told yet, now: the process ends. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const path of this.#dirty) this.#tell(path);
  }

  #nameOf(path: string): string | undefined {
    if (this.#isPutting || !path.startsWith(`${FOLDER}/`)) return undefined;
    const name = path.slice(FOLDER.length + 1);
    return isFileName(name) && !this.#own.has(name) ? name : undefined;
  }
  #written(path: string): void {
    if (this.#nameOf(path) === undefined) return;
    this.#dirty.add(path);
    this.#timer ??= setTimeout(() => this.flush(), OPEN_FILE_DELAY);
  }
  #tell(path: string): void {
    if (!this.#dirty.delete(path)) return;
    const name = this.#nameOf(path);
    if (name === undefined) return;
    try {
      if (this.#fs.stat(path).size <= FILE_MAX) this.#onChange({ name, bytes: this.#fs.readFile(path).slice() });
    } catch {
      // It was deleted meanwhile, which is told of by itself.
    }
  }
  #gone(path: string): void {
    this.#dirty.delete(path);
    const name = this.#nameOf(path);
    if (name !== undefined) this.#onChange({ name, bytes: undefined });
  }
  /** A file, or a folder with all that is in it. */
  #moved(from: string, to: string): void {
    const name = this.#nameOf(from);
    if (!this.#fs.isFile(this.#fs.stat(to).mode)) {
      for (const entry of this.#fs.readdir(to)) {
        if (entry !== '.' && entry !== '..') this.#moved(`${from}/${entry}`, `${to}/${entry}`);
      }
      return;
    }
    this.#dirty.delete(from);
    if (name !== undefined) this.#onChange({ name, bytes: undefined });
    this.#written(to);
    this.#tell(to);
  }
}
