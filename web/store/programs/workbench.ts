import type { GatewayClient } from '../../../client/gateway-client.ts';
import { Observable } from '../../../trace/observable.ts';
import type { TimeLine } from '../../../trace/time-line.ts';
import type { FileChange } from '../../python/folder-files.ts';
import type { Task } from '../tasks/task.ts';
import { EXAMPLES, type ExampleId, sourcesOf } from './examples.ts';
import { KeptPrograms } from './kept-programs.ts';
import type { Program } from './program.ts';
import type { ProgramFolder } from './program-folder.ts';
import { ProgramList } from './program-list.ts';
import { type Loading, PythonLoading } from './python-loading.ts';
import type { SavedSet } from './saved-programs.ts';
import type { SharedPrograms } from './shared-programs.ts';

const SAVE_DELAY = 300;

/** Which programs the page shows, and what is kept of them. Lives as long as the tab. */
export class Workbench extends Observable {
  readonly list: ProgramList;
  readonly #loading: PythonLoading;
  readonly #kept = new KeptPrograms();
  #example: ExampleId | undefined;
  #isShared = false;
  #lesson: string | undefined;
  #task: Task | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  /** `line`: the page's, on which all that happens stands. */
  constructor(client: GatewayClient, base: string, line: TimeLine) {
    super();
    this.#loading = new PythonLoading(base);
    this.#loading.subscribe(() => this.changed());
    const isPythonThere = () => this.#loading.state.phase === 'ready';
    this.list = new ProgramList({ client, base, line, isPythonThere });
    this.list.subscribe(() => this.changed());
    this.#showStored();
    // Another tab has written the set that is shown here.
    window.addEventListener('storage', ({ key }) => {
      if (this.#kept.isOwnKey(key)) this.#saveNow();
    });
    // Who types and closes the tab, or reloads it, in the same breath keeps the last letters too.
    window.addEventListener('pagehide', () => {
      if (this.#saveTimer !== undefined) this.#saveNow();
    });
  }

  readonly programs = (): readonly Program[] => this.list.programs();
  get folder(): ProgramFolder {
    return this.list.folder;
  }
  get example(): ExampleId | undefined {
    return this.#example;
  }
  get loading(): Loading {
    return this.#loading.state;
  }
  /** Somebody else's programs, from a link: shown, and run by nobody but the person. */
  get isShared(): boolean {
    return this.#isShared;
  }

  /** The lesson whose programs are shown. */
  get lesson(): string | undefined {
    return this.#lesson;
  }

  /** Loads Python, on the first visit with its progress. */
  load(): Promise<void> {
    return this.#loading.load(this.programs);
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
    this.#set(shared.programs, undefined, shared.task);
  }
  /** What is to be written, with clients that check it: it came with the programs, or is being written for them. */
  get task(): Task | undefined {
    return this.#task;
  }
  setTask(task: Task | undefined): void {
    this.#task = task;
    this.#edited();
  }
  /** A lesson's programs, as they were left in this tab; `isFirstTime`: as the lesson begins with them. */
  openLesson(lesson: string, programs: SharedPrograms['programs'], isFirstTime = false): void {
    this.#leave();
    this.#isShared = false;
    this.#lesson = lesson;
    const left = isFirstTime ? undefined : this.#kept.ofLesson(lesson);
    const isOfLesson = left?.programs.every(({ file }) => programs.some((program) => program.file === file));
    this.#set(left && isOfLesson ? left.programs : programs, undefined);
    if (isFirstTime) this.#save();
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
    return this.#kept.list();
  }
  /** The one of them that is shown. */
  get own(): { readonly id: string; readonly name: string } | undefined {
    return this.#kept.own;
  }
  openSaved(id: string): void {
    this.#leave();
    const set = this.#kept.get(id);
    if (!set) return;
    this.#lesson = undefined;
    this.#showOwn(set);
    this.#save();
  }
  renameOwn(name: string): void {
    if (!this.own) return;
    this.#saveNow();
    this.#kept.rename(name);
    this.changed();
  }
  /** Forgets the set that is shown; an example takes its place. */
  removeOwn(): void {
    if (!this.own) return;
    void this.folder.forget(this.own.id);
    this.#kept.remove();
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
    const program = this.programs().find(({ file }) => file === change.name);
    if (program) {
      if (change.bytes) this.edit(program, new TextDecoder().decode(change.bytes).replaceAll('\r\n', '\n'));
    } else this.list.changeFile(change);
  }
  #edited(): void {
    this.#example = undefined;
    this.#isShared = false;
    this.#save();
    this.changed();
  }
  addClient(): void {
    if (!this.list.addClient()) return;
    if (this.own) this.#save();
    this.changed();
  }
  remove(program: Program): void {
    this.list.remove(program);
    if (this.own) this.#save();
    this.changed();
  }

  /** As the programs are kept. A link may carry what was typed in their last runs, in place of the lines that came with them. */
  shared(inputOf: (program: Program) => readonly string[] = ({ keyboard }) => keyboard.given): SharedPrograms {
    const programs = this.programs().map((program) => {
      const { file, source, args } = program;
      const input = inputOf(program);
      return { file, source, ...(args && { args }), ...(input.length > 0 && { input }) };
    });
    return {
      programs,
      ...(this.#example ? { example: this.#example } : {}),
      ...(this.#task ? { task: this.#task } : {}),
    };
  }

  #showStored(): void {
    const last = this.#kept.last();
    if (!last) this.#show('timestamp');
    else if ('id' in last) this.#showOwn(last);
    else {
      this.#set(last.programs, last.example, last.task);
      this.#example = last.example;
    }
  }
  #showOwn(set: SavedSet): void {
    this.#isShared = false;
    this.#kept.show(set);
    this.#set(set.programs, undefined, set.task);
  }
  /** What is shown gives way to something else: nothing of it is lost. */
  #leave(): void {
    if (this.#saveTimer !== undefined) this.#saveNow();
    this.#kept.leave();
  }
  /** The person's programs are kept as a set of theirs, from the first change of an example, a link's or their own on. */
  #saveOwn(): void {
    const set = this.#kept.keepOwn(this.shared(), (nth) => this.list.notes?.own(nth) ?? `Programs ${nth}`);
    if (JSON.stringify(set.task) !== JSON.stringify(this.#task)) this.#task = set.task;
    for (const program of this.programs()) {
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
  #set(sources: SharedPrograms['programs'], example: ExampleId | undefined, task?: Task): void {
    this.list.set(sources);
    this.#task = task;
    this.#example = example && EXAMPLES.includes(example) ? example : undefined;
    void this.folder.open(this.#folderKey());
    this.changed();
  }
  /** Of the person's own sets it is theirs for good, else the tab's. */
  #folderKey(): string | undefined {
    if (this.own) return this.own.id;
    if (this.#lesson !== undefined) return `lesson ${this.#lesson}`;
    return this.#example && `example ${this.#example}`;
  }
  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.#saveNow(), SAVE_DELAY);
  }
  #saveNow(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    if (this.#lesson !== undefined) {
      this.#kept.keepOfLesson(this.#lesson, this.shared());
      return;
    }
    this.#kept.keepLast(this.shared());
    if (this.#example === undefined && !this.#isShared) this.#saveOwn();
    this.#kept.keepShown();
  }
}
