import type { GatewayClient } from '../../../client/gateway-client.ts';
import { Observable } from '../../../trace/observable.ts';
import type { TimeLine } from '../../../trace/time-line.ts';
import { readStored, readStoredJson, writeStored } from '../../platform/stored.ts';
import type { PythonCallName } from '../../python/call-sites.ts';
import { fetchPythonFiles, PYTHON_BUILD, pythonUrls } from '../../python/python-files.ts';
import { EXAMPLES, type ExampleId, sourcesOf } from './examples.ts';
import { Program, type ProgramNotes } from './program.ts';
import { parseShared, type SharedPrograms } from './shared-programs.ts';

export type Loading =
  | { readonly phase: 'fetching'; readonly part: number }
  | { readonly phase: 'ready' }
  | { readonly phase: 'failed'; readonly reason: string };

const STORED = 'programs';
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
  #programs: readonly Program[] = [];
  #example: ExampleId | undefined;
  #loading: Loading = { phase: 'fetching', part: 0 };
  #isShared = false;
  #notes: ProgramNotes | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  /** `line`: the page's, on which all that happens stands. */
  constructor(client: GatewayClient, base: string, line: TimeLine) {
    super();
    this.#client = client;
    this.#base = base;
    this.#line = line;
    const stored = parseShared(readStoredJson('browser', STORED));
    if (stored) this.#set(stored.programs, stored.example);
    else this.#show('timestamp');
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
    this.#isShared = false;
    this.#show(example);
    this.#save();
  }
  open(shared: SharedPrograms): void {
    this.#isShared = true;
    this.#set(shared.programs, undefined);
  }
  /** Back from a link to what was here before. */
  leaveShared(): void {
    this.#isShared = false;
    const stored = parseShared(readStoredJson('browser', STORED));
    if (stored) this.#set(stored.programs, stored.example);
    else this.#show('timestamp');
  }
  edit(program: Program, source: string): void {
    if (source === program.source) return;
    program.setSource(source);
    this.#example = undefined;
    this.#isShared = false;
    this.#save();
    this.changed();
  }
  addClient(): void {
    const last = this.#programs.findLast(({ file }) => file.startsWith('client')) ?? this.#programs.at(-1);
    if (!last || this.#programs.length >= PROGRAMS_MAX) return;
    const number = this.#programs.filter(({ file }) => file.startsWith('client')).length + 1;
    this.#programs = [...this.#programs, this.#create(`client${number}.py`, last.source)];
    this.#save();
    this.changed();
  }
  remove(program: Program): void {
    program.dispose();
    this.#programs = this.#programs.filter((kept) => kept !== program);
    this.#save();
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
  stopAll(): void {
    for (const program of this.#programs) program.stop();
  }

  /** What a link carries. */
  shared(): SharedPrograms {
    const programs = this.#programs.map(({ file, source }) => ({ file, source }));
    return { programs, ...(this.#example ? { example: this.#example } : {}) };
  }

  #show(example: ExampleId): void {
    this.#set(sourcesOf(example), example);
  }
  #set(sources: SharedPrograms['programs'], example: ExampleId | undefined): void {
    const known = new Map(this.#programs.map((program) => [program.file, program]));
    for (const program of this.#programs) {
      if (!sources.some(({ file }) => file === program.file)) program.dispose();
    }
    this.#programs = sources.map(({ file, source }) => {
      const program = known.get(file);
      program?.replace(source);
      program?.sockets.clear();
      return program ?? this.#create(file, source);
    });
    this.#example = example && EXAMPLES.includes(example) ? example : undefined;
    this.changed();
  }
  #create(file: string, source: string): Program {
    const program = new Program({
      file,
      source,
      client: this.#client,
      urls: pythonUrls(this.#base),
      line: this.#line,
    });
    if (this.#notes) program.setNotes(this.#notes);
    if (this.#loading.phase === 'ready') program.prepare();
    program.subscribe(() => this.changed());
    return program;
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
    writeStored('browser', STORED, JSON.stringify(this.shared()));
  }
}
