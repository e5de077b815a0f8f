import type { GatewayClient } from '../../../client/gateway-client.ts';
import type { Trouble } from '../../../protocol/messages/options.ts';
import { Observable } from '../../../trace/observable.ts';
import type { TimeLine } from '../../../trace/time-line.ts';
import { createFileStore } from '../../platform/stored-files.ts';
import type { FileChange, FolderFile } from '../../python/folder-files.ts';
import { pythonUrls } from '../../python/python-files.ts';
import type { Pace } from '../../python/worker-messages.ts';
import { Program } from './program.ts';
import { ProgramFolder } from './program-folder.ts';
import type { ProgramNotes } from './program-options.ts';
import { runAll } from './run-all.ts';
import { PROGRAMS_MAX, type SourceFile } from './shared-programs.ts';

export type ProgramListOptions = {
  readonly client: GatewayClient;
  /** Where the page's files are. */
  readonly base: string;
  /** The page's, on which all that happens stands. */
  readonly line: TimeLine;
  /** Whether a new program's process can be started ahead of its first run. */
  readonly isPythonThere: () => boolean;
};

/** The programs that stand beside each other, and the folder that they share. It tells of each change of one of them. */
export class ProgramList extends Observable {
  readonly #options: ProgramListOptions;
  /** What the programs share beside their texts. */
  readonly folder = new ProgramFolder(createFileStore());
  #programs: readonly Program[] = [];
  #notes: ProgramNotes | undefined;
  #trouble: Trouble | undefined;

  constructor(options: ProgramListOptions) {
    super();
    this.#options = options;
  }

  readonly programs = (): readonly Program[] => this.#programs;
  get notes(): ProgramNotes | undefined {
    return this.#notes;
  }
  setNotes(notes: ProgramNotes): void {
    this.#notes = notes;
    for (const program of this.#programs) program.setNotes(notes);
  }

  /** Other programs take the place of these; one of the same name keeps its process. */
  set(sources: readonly SourceFile[]): void {
    const known = new Map(this.#programs.map((program) => [program.file, program]));
    for (const program of this.#programs) {
      if (!sources.some(({ file }) => file === program.file)) program.dispose();
    }
    this.#programs = sources.map((source) => {
      const program = known.get(source.file);
      program?.replace(source);
      program?.sockets.clear();
      return program ?? this.#create(source);
    });
  }
  /** One more client, with the text of the last. False: there are as many as a page holds. */
  addClient(): boolean {
    const isClient = ({ file }: Program) => file.startsWith('client');
    const last = this.#programs.findLast(isClient) ?? this.#programs.at(-1);
    if (!last || this.#programs.length >= PROGRAMS_MAX) return false;
    const number = this.#programs.filter(isClient).length + 1;
    const more = this.#create({ file: `client${number}.py`, source: last.source, args: last.args });
    this.#programs = [...this.#programs, more];
    return true;
  }
  remove(program: Program): void {
    program.dispose();
    this.#programs = this.#programs.filter((kept) => kept !== program);
  }

  /** The folder has changed, `from`: by this program; the others that run find it so. */
  changeFile(change: FileChange, from?: Program): void {
    if (!this.folder.apply(change)) return;
    for (const program of this.#programs) if (program !== from) program.putFile(change);
  }

  /** The server first; the others when it listens, waits or has ended. */
  runAll(): void {
    runAll(this.#programs);
  }
  stopAll(): void {
    for (const program of this.#programs) program.stop();
  }
  setPace(pace: Pace): void {
    for (const program of this.#programs) program.setPace(pace);
  }
  /** A troubled proxy before each target that a program connects to from now on; undefined: none. */
  setTrouble(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    for (const program of this.#programs) program.setTrouble(trouble);
    this.changed();
  }
  get isTroubled(): boolean {
    return this.#trouble !== undefined;
  }
  /** Forgets what was done on sockets that are over. */
  clearSockets(): void {
    for (const { sockets } of this.#programs) sockets.clear();
  }

  #create(source: SourceFile): Program {
    const { client, base, line, isPythonThere } = this.#options;
    const program: Program = new Program({
      ...source,
      folder: () => ({ files: this.allFiles(), programs: this.#programs.map(({ file }) => file) }),
      onFile: (change) => this.changeFile(change, program),
      client,
      urls: pythonUrls(base),
      line,
    });
    if (this.#notes) program.setNotes(this.#notes);
    program.setTrouble(this.#trouble);
    if (isPythonThere()) program.prepare();
    program.subscribe(() => this.changed());
    return program;
  }
  /** As each process finds them: the texts of the programs are files too, and modules to one another. */
  allFiles(): readonly FolderFile[] {
    const encoder = new TextEncoder();
    const texts = this.#programs.map(({ file, source }) => ({ name: file, bytes: encoder.encode(source) }));
    return [...this.folder.files().filter(({ name }) => !texts.some((text) => text.name === name)), ...texts];
  }
}
