import type { GatewayClient } from '../../../client/gateway-client.ts';
import { Observable } from '../../../trace/observable.ts';
import type { TimeLine } from '../../../trace/time-line.ts';
import { readStored, readStoredJson, removeStored, storedKeys, writeStored } from '../../platform/stored.ts';
import { createFileStore } from '../../platform/stored-files.ts';
import type { PythonCallName } from '../../python/call-sites.ts';
import type { FileChange, FolderFile } from '../../python/folder-files.ts';
import { fetchPythonFiles, PYTHON_BUILD, pythonUrls } from '../../python/python-files.ts';
import type { Pace } from '../../python/worker-messages.ts';
import { EXAMPLES, type ExampleId, sourcesOf } from './examples.ts';
import { Program, type ProgramNotes } from './program.ts';
import { ProgramFolder } from './program-folder.ts';
import { SavedPrograms, type SavedSet } from './saved-programs.ts';
import { parseShared, type SharedPrograms, type SourceFile } from './shared-programs.ts';

export type Loading =
  | { readonly phase: 'fetching'; readonly part: number }
  | { readonly phase: 'ready' }
  | { readonly phase: 'failed'; readonly reason: string };

const STORED = 'programs';
/** The person's own set that is shown, by its id: of this tab, else the one that a tab showed last. */
const SHOWN = 'programs.shown';
/** A lesson's programs stand apart from the person's own: as they were edited, for as long as the tab. */
const OF_LESSON = 'lesson-programs ';
const FETCHED = 'python-fetched';
const SAVE_DELAY = 300;
/** A server that waits in one of these has nobody yet to be connected to. */
const TOWARDS_LISTENING: ReadonlySet<PythonCallName> = new Set(['bind', 'listen']);
export const PROGRAMS_MAX = 4;

/** The programs of the page, beside each other, and what they need in common. Lives as long as the tab. */
export class Workbench extends Observable {
  readonly #client: GatewayClient;
  readonly #base: string;
  readonly #line: TimeLine;
  /** What the programs share beside their texts. */
  readonly folder = new ProgramFolder(createFileStore());
  #programs: readonly Program[] = [];
  #example: ExampleId | undefined;
  #loading: Loading = { phase: 'fetching', part: 0 };
  #isShared = false;
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
  /** The person's set that is shown; `seen`: as it was read or written last. */
  #own: { readonly id: string; readonly name: string; readonly seen: readonly SourceFile[] } | undefined;
  #lesson: string | undefined;
  #notes: ProgramNotes | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  /** `line`: the page's, on which all that happens stands. */
  constructor(client: GatewayClient, base: string, line: TimeLine) {
    super();
    this.#client = client;
    this.#base = base;
    this.#line = line;
    this.#showStored();
    // Another tab has written the set that is shown here.
    window.addEventListener('storage', ({ key }) => {
      if (this.#own && key === this.#saved.keyOf(this.#own.id)) this.#saveNow();
    });
    // Who types and closes the tab, or reloads it, in the same breath keeps the last letters too.
    window.addEventListener('pagehide', () => {
      if (this.#saveTimer !== undefined) this.#saveNow();
    });
  }

  readonly programs = (): readonly Program[] => this.#programs;
  get example(): ExampleId | undefined {
    return this.#example;
  }
  get loading(): Loading {
    return this.#loading;
  }
  /** Somebody else's programs, from a link: shown, and run by nobody but the person. */
  get isShared(): boolean {
    return this.#isShared;
  }

  /** The lesson whose programs are shown. */
  get lesson(): string | undefined {
    return this.#lesson;
  }

  setNotes(notes: ProgramNotes): void {
    this.#notes = notes;
    for (const program of this.#programs) program.setNotes(notes);
  }
  /** Loads Python, on the first visit with its progress. */
  async load(): Promise<void> {
    if (this.#loading.phase === 'ready') return;
    try {
      if (readStored('browser', FETCHED) !== PYTHON_BUILD) {
        await fetchPythonFiles(this.#base, (part) => this.#setLoading({ phase: 'fetching', part }));
        writeStored('browser', FETCHED, PYTHON_BUILD);
      }
      this.#setLoading({ phase: 'ready' });
      await this.#prepareInTurn();
    } catch (error) {
      this.#setLoading({ phase: 'failed', reason: String(error) });
    }
  }

  /** One after the other: the first is ready sooner than both at once would be. */
  async #prepareInTurn(): Promise<void> {
    for (const program of this.#programs) {
      program.prepare();
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (!program.isPythonReady && !program.error) return;
          unsubscribe();
          resolve();
        };
        const unsubscribe = program.subscribe(look);
      });
    }
  }

  choose(example: ExampleId): void {
    this.#leave();
    this.#isShared = false;
    this.#lesson = undefined;
    this.#show(example);
    this.#save();
  }
  open(shared: SharedPrograms): void {
    this.#leave();
    this.#isShared = true;
    this.#lesson = undefined;
    this.#set(shared.programs, undefined);
  }
  /** A lesson's programs, as they were left in this tab; `isAnew`: as the lesson begins with them. */
  openLesson(lesson: string, programs: SharedPrograms['programs'], isAnew = false): void {
    this.#leave();
    this.#isShared = false;
    this.#lesson = lesson;
    const left = isAnew ? undefined : parseShared(readStoredJson('tab', OF_LESSON + lesson));
    const isOfLesson = left?.programs.every(({ file }) => programs.some((program) => program.file === file));
    this.#set(left && isOfLesson ? left.programs : programs, undefined);
    if (isAnew) this.#save();
  }
  /** Back from a link or a lesson to what was here before. */
  leaveShared(): void {
    if (this.#lesson !== undefined) this.#leave();
    this.#isShared = false;
    this.#lesson = undefined;
    this.#showStored();
  }
  /** The sets of programs that the person wrote or changed. */
  saved(): readonly SavedSet[] {
    return this.#saved.list();
  }
  /** The one of them that is shown. */
  get own(): { readonly id: string; readonly name: string } | undefined {
    return this.#own;
  }
  openSaved(id: string): void {
    this.#leave();
    const set = this.#saved.get(id);
    if (!set) return;
    this.#lesson = undefined;
    this.#showOwn(set);
    this.#save();
  }
  renameOwn(name: string): void {
    if (!this.#own) return;
    this.#saveNow();
    this.#saved.rename(this.#own.id, name);
    this.#own = { ...this.#own, name: this.#saved.get(this.#own.id)?.name ?? this.#own.name };
    this.changed();
  }
  /** Forgets the set that is shown; an example takes its place. */
  removeOwn(): void {
    if (!this.#own) return;
    this.#saved.remove(this.#own.id);
    void this.folder.forget(this.#own.id);
    this.#own = undefined;
    this.choose('timestamp');
  }
  edit(program: Program, source: string): void {
    if (source === program.source) return;
    program.setSource(source);
    this.#edited();
  }
  /** What follows a program's name on its command line. */
  setArgs(program: Program, args: string): void {
    if (args === program.args) return;
    program.setArgs(args);
    this.#edited();
  }
  /** The person writes a file of the folder, or deletes it: the programs that run find it so. A program's text goes to its editor. */
  changeFile(change: FileChange): void {
    const program = this.#programs.find(({ file }) => file === change.name);
    if (program) {
      if (change.bytes) this.edit(program, new TextDecoder().decode(change.bytes).replaceAll('\r\n', '\n'));
    } else this.#onFile(change);
  }
  #onFile(change: FileChange, from?: Program): void {
    if (!this.folder.apply(change)) return;
    for (const program of this.#programs) if (program !== from) program.putFile(change);
  }
  #edited(): void {
    this.#example = undefined;
    this.#isShared = false;
    this.#save();
    this.changed();
  }
  addClient(): void {
    const last = this.#programs.findLast(({ file }) => file.startsWith('client')) ?? this.#programs.at(-1);
    if (!last || this.#programs.length >= PROGRAMS_MAX) return;
    const number = this.#programs.filter(({ file }) => file.startsWith('client')).length + 1;
    this.#programs = [
      ...this.#programs,
      this.#create({ file: `client${number}.py`, source: last.source, args: last.args }),
    ];
    if (this.#own) this.#save();
    this.changed();
  }
  remove(program: Program): void {
    program.dispose();
    this.#programs = this.#programs.filter((kept) => kept !== program);
    if (this.#own) this.#save();
    this.changed();
  }
  /** The server first; the others when it listens, waits or has ended. */
  runAll(): void {
    const [server, ...clients] = this.#programs;
    if (!server) return;
    const runClients = () => {
      for (const client of clients) client.run();
    };
    if (server.isRunning) {
      runClients();
      return;
    }
    const waits = () => server.blocked.some(({ call }) => !TOWARDS_LISTENING.has(call));
    const before = new Set(server.sockets.traces());
    const isListening = () => server.sockets.traces().some((trace) => trace.kind === 'listen' && !before.has(trace));
    const isUp = () => !server.isRunning || waits() || isListening();
    server.run();
    const stop = [server.subscribe(look), server.sockets.subscribe(look)];
    function look(): void {
      if (!isUp()) return;
      for (const unsubscribe of stop.splice(0)) unsubscribe();
      runClients();
    }
  }
  /** Forgets what was done on sockets that are over. */
  clearSockets(): void {
    for (const { sockets } of this.#programs) sockets.clear();
  }
  setPace(pace: Pace): void {
    for (const program of this.#programs) program.setPace(pace);
  }
  stopAll(): void {
    for (const program of this.#programs) program.stop();
  }

  /** What a link carries. */
  shared(): SharedPrograms {
    const programs = this.#programs.map(({ file, source, args }) => ({ file, source, ...(args && { args }) }));
    return { programs, ...(this.#example ? { example: this.#example } : {}) };
  }

  /** As it was left: by this tab, else by the tab that was here last. */
  #showStored(): void {
    const id = readStored('tab', SHOWN) ?? readStored('browser', SHOWN) ?? '';
    const set = this.#saved.get(id);
    const stored = parseShared(readStoredJson('browser', STORED));
    if (set) this.#showOwn(set);
    else if (stored) {
      this.#set(stored.programs, stored.example);
      this.#example = stored.example;
    } else this.#show('timestamp');
  }
  #showOwn(set: SavedSet): void {
    this.#isShared = false;
    this.#own = { id: set.id, name: set.name, seen: set.programs };
    this.#set(set.programs, undefined);
  }
  /** What is shown gives way to something else: nothing of it is lost. */
  #leave(): void {
    if (this.#saveTimer !== undefined) this.#saveNow();
    this.#own = undefined;
  }
  /** The person's programs are kept as a set of theirs, from the first change of an example, a link's or their own on. */
  #saveOwn(): void {
    const programs = this.shared().programs;
    const nameOf = (nth: number) => this.#notes?.own(nth) ?? `Programs ${nth}`;
    const set = this.#own
      ? this.#saved.save(this.#own.id, this.#own.seen, programs)
      : this.#saved.create(nameOf, programs);
    this.#own = { id: set.id, name: set.name, seen: set.programs };
    for (const program of this.#programs) {
      const there = set.programs.find(({ file }) => file === program.file);
      if (there && there.source !== program.source) program.setSource(there.source);
      if (there && (there.args ?? '') !== program.args) program.setArgs(there.args ?? '');
    }
    void this.folder.keepAs(set.id);
    this.changed();
  }
  #show(example: ExampleId): void {
    this.#set(sourcesOf(example), example);
  }
  #set(sources: SharedPrograms['programs'], example: ExampleId | undefined): void {
    const known = new Map(this.#programs.map((program) => [program.file, program]));
    for (const program of this.#programs) {
      if (!sources.some(({ file }) => file === program.file)) program.dispose();
    }
    this.#programs = sources.map((source) => {
      const program = known.get(source.file);
      program?.replace(source.source, source.args);
      program?.sockets.clear();
      return program ?? this.#create(source);
    });
    this.#example = example && EXAMPLES.includes(example) ? example : undefined;
    void this.folder.open(this.#folderKey());
    this.changed();
  }
  /** Of the person's own sets it is theirs for good, else the tab's. */
  #folderKey(): string | undefined {
    if (this.#own) return this.#own.id;
    if (this.#lesson !== undefined) return `lesson ${this.#lesson}`;
    return this.#example && `example ${this.#example}`;
  }
  #create(source: SourceFile): Program {
    const program: Program = new Program({
      ...source,
      folder: () => ({ files: this.#allFiles(), programs: this.#programs.map(({ file }) => file) }),
      onFile: (change) => this.#onFile(change, program),
      client: this.#client,
      urls: pythonUrls(this.#base),
      line: this.#line,
    });
    if (this.#notes) program.setNotes(this.#notes);
    if (this.#loading.phase === 'ready') program.prepare();
    program.subscribe(() => this.changed());
    return program;
  }
  /** As each process finds them: the texts of the programs are files too, and modules to one another. */
  #allFiles(): readonly FolderFile[] {
    const encoder = new TextEncoder();
    const texts = this.#programs.map(({ file, source }) => ({ name: file, bytes: encoder.encode(source) }));
    return [...this.folder.files().filter(({ name }) => !texts.some((text) => text.name === name)), ...texts];
  }
  #setLoading(loading: Loading): void {
    this.#loading = loading;
    this.changed();
  }
  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#saveNow(), SAVE_DELAY);
  }
  #saveNow(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    if (this.#lesson !== undefined) {
      writeStored('tab', OF_LESSON + this.#lesson, JSON.stringify(this.shared()));
      return;
    }
    writeStored('browser', STORED, JSON.stringify(this.shared()));
    if (this.#example === undefined && !this.#isShared) this.#saveOwn();
    for (const lifetime of ['tab', 'browser'] as const) writeStored(lifetime, SHOWN, this.#own?.id ?? '');
  }
}
