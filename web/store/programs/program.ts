import type { Trouble } from '../../../protocol/messages/options.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { FileChange } from '../../python/folder-files.ts';
import { PythonProcess } from '../../python/python-process.ts';
import type { BlockedAt, Pace, ProgramError, RunOptions } from '../../python/worker-messages.ts';
import { PrintedLines } from '../terminal/printed-lines.ts';
import { TerminalModel } from '../terminal/terminal-model.ts';
import { createProcessHandler } from './process-handler.ts';
import { ProgramConsole } from './program-console.ts';
import { ProgramKeyboard } from './program-keyboard.ts';
import type { ProgramNotes, ProgramOptions } from './program-options.ts';
import { type ProgramRun, ProgramSockets } from './program-sockets.ts';
import { ProgramSteps } from './program-steps.ts';
import { INTERRUPTED_CODE, RunOutcome } from './run-outcome.ts';
import type { SourceFile } from './shared-programs.ts';

/** `starting`: Python itself is not there yet. `stopping`: KeyboardInterrupt was sent. */
export type ProgramPhase = 'idle' | 'starting' | 'running' | 'stopping';

/** Stop has to have stopped it by then; a program that still runs has not let KeyboardInterrupt through. */
const STOP_GRACE: Milliseconds = 700;

/** One program of the page: its text, its terminal, and the Python process that runs it, if one does. */
export class Program extends Observable {
  readonly file: string;
  readonly terminal = new TerminalModel();
  readonly keyboard: ProgramKeyboard;
  /** What it has printed in all its runs, line by line. */
  readonly printed = new PrintedLines();
  /** What it went through on its sockets, in all its runs. */
  readonly sockets: ProgramSockets;
  readonly steps = new ProgramSteps();
  readonly console = new ProgramConsole();
  /** Of the last run. */
  readonly outcome = new RunOutcome();
  readonly #options: ProgramOptions;
  #source: string;
  #args: string;
  #phase: ProgramPhase = 'idle';
  #process: PythonProcess | undefined;
  /** Started ahead, so that Run need not wait for Python. */
  #spare: { process: PythonProcess; isReady: boolean; run: ProgramRun } | undefined;
  #run: ProgramRun | undefined;
  #blocked: readonly BlockedAt[] = [];
  #startedAt: Milliseconds = 0;
  #killTimer: ReturnType<typeof setTimeout> | undefined;
  #notes: ProgramNotes | undefined;
  #startup: Milliseconds | undefined;
  #trouble: Trouble | undefined;

  constructor(options: ProgramOptions) {
    super();
    this.#options = options;
    this.file = options.file;
    this.#source = options.source;
    this.#args = options.args ?? '';
    this.keyboard = new ProgramKeyboard(options.input);
    this.sockets = new ProgramSockets(options.line);
  }

  get source(): string {
    return this.#source;
  }
  /** What follows its name on its command line. */
  get args(): string {
    return this.#args;
  }
  get phase(): ProgramPhase {
    return this.#phase;
  }
  get isRunning(): boolean {
    return this.#phase !== 'idle';
  }
  /** Where its threads stand still, the main one first. */
  get blocked(): readonly BlockedAt[] {
    return this.#blocked;
  }
  get isPythonReady(): boolean {
    return this.#spare?.isReady === true || this.#process !== undefined;
  }
  /** How long Python took to start. */
  get startup(): Milliseconds | undefined {
    return this.#startup;
  }

  /** The trace of a socket of its process, by its number there. */
  traceOf(socket: number): SocketTrace | undefined {
    return this.#run?.sockets.get(socket);
  }
  /** `pause`: each thread stands before its next socket call. `next`: the one that stands longest makes it. `resume`: all go on. */
  setPace(pace: Pace): void {
    this.steps.setPace(pace);
    this.#process?.setPace(pace);
    this.changed();
  }

  /** What the proxies do that stand before what it connects to, in runs to come too. */
  setTrouble(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    this.#process?.setTrouble(trouble);
  }
  setNotes(notes: ProgramNotes): void {
    this.#notes = notes;
  }
  setSource(source: string): void {
    this.#source = source;
    this.changed();
  }
  setArgs(args: string): void {
    this.#args = args;
    this.changed();
  }
  /** Somebody else has changed a file of the folder. */
  putFile(change: FileChange): void {
    this.#process?.putFile(change);
  }
  /** Another program takes this one's place. */
  replace({ source, args = '', input = [] }: Omit<SourceFile, 'file'>): void {
    this.#args = args;
    this.kill();
    this.keyboard.give(input);
    this.outcome.clear();
    this.terminal.reset();
    this.setSource(source);
  }

  /** Starts Python ahead of the first Run. */
  prepare(): void {
    if (this.#spare || this.#process) return;
    const run: ProgramRun = { number: 0, sockets: new Map() };
    const handler = createProcessHandler(this, run, {
      changed: () => this.changed(),
      notes: () => this.#notes,
      onFile: (change) => this.#options.onFile?.(change),
      onReady: (took) => this.#onReady(process, took),
      onBlocked: (blocked) => this.#onBlocked(blocked),
      onExit: (code, error) => this.#onExit(code, error),
      onDied: (message) => this.#onDied(process, message),
    });
    const process: PythonProcess = new PythonProcess(this.#options.client, this.#options.urls, handler);
    this.#spare = { process, isReady: false, run };
  }

  run(): void {
    if (this.isRunning) return;
    this.prepare();
    this.outcome.begin(this.#source);
    this.console.clear();
    this.keyboard.begin();
    const spare = this.#spare;
    this.#spare = undefined;
    this.#process = spare?.process;
    this.#run = spare?.run;
    if (spare) this.sockets.begin(spare.run);
    this.#phase = spare?.isReady ? 'running' : 'starting';
    this.#startedAt = performance.now();
    // Before Python is ready the worker keeps it: nothing else is to be waited for here.
    if (this.steps.isOn) this.#process?.setPace('pause');
    if (this.#trouble) this.#process?.setTrouble(this.#trouble);
    this.#process?.run({
      filename: this.file,
      source: this.#source,
      args: this.#args,
      ...(this.#options.folder?.() ?? ownFolder(this.file, this.#source)),
    });
    this.changed();
  }
  typeLine(line: string): void {
    const isShown = this.keyboard.type(line);
    this.terminal.echo(isShown ? line : '');
    if (isShown) this.terminal.remember(line);
    this.#process?.type(`${line}\n`);
    this.changed();
  }
  /** Runs a text in the frame of a thread that stands or waits; `console` has what comes of it. */
  evaluate(ident: number, text: string): void {
    if (!this.#process) return;
    this.#process.evaluate(this.console.ask(ident, text), ident, text);
    this.changed();
  }
  /** Ctrl+D. */
  endInput(): void {
    this.#process?.endInput();
  }
  /** Ctrl+C: what the program makes of KeyboardInterrupt is its own affair. */
  interrupt(): void {
    if (!this.#process) return;
    this.outcome.interrupt();
    this.terminal.write('^C\n');
    this.#process.interrupt();
  }
  /** KeyboardInterrupt first; then the process is ended. */
  stop(): void {
    if (this.#phase === 'starting') this.kill();
    if (this.#phase !== 'running') return;
    this.#phase = 'stopping';
    this.interrupt();
    this.#killTimer = setTimeout(() => {
      this.kill();
      this.terminal.end(this.#notes?.killed ?? '');
    }, STOP_GRACE);
    this.changed();
  }
  kill(): void {
    if (!this.#process) return;
    this.outcome.interrupt();
    this.#process.kill();
    this.#finish(INTERRUPTED_CODE);
  }
  /** The program's place on the page is gone. */
  dispose(): void {
    this.kill();
    this.#spare?.process.kill();
    this.#spare = undefined;
  }

  #onReady(process: PythonProcess, took: Milliseconds): void {
    this.#startup = took;
    if (this.#spare?.process === process) this.#spare = { ...this.#spare, isReady: true };
    else if (this.#phase === 'starting') {
      this.#phase = 'running';
      this.#startedAt = performance.now();
    }
    this.changed();
  }
  #onBlocked(blocked: readonly BlockedAt[]): void {
    this.#blocked = blocked;
    this.changed();
  }
  #onExit(code: number, error: ProgramError | undefined): void {
    const took = performance.now() - this.#startedAt;
    this.#finish(code, error);
    this.terminal.end(this.#notes?.ended(code, took) ?? '');
    this.prepare();
  }
  #onDied(process: PythonProcess, message: string): void {
    if (this.#spare?.process === process) {
      this.#spare = undefined;
      this.outcome.fail({ line: 0, type: 'PythonNotLoaded', message });
      this.changed();
      return;
    }
    this.#finish(1, { line: 0, type: 'InterpreterDied', message });
    this.terminal.end(this.#notes?.died ?? '');
    this.prepare();
  }
  #finish(code: number, error?: ProgramError): void {
    clearTimeout(this.#killTimer);
    this.keyboard.setEcho(true);
    this.#process = undefined;
    this.#phase = 'idle';
    this.#blocked = [];
    this.steps.end();
    this.printed.end();
    if (this.#run) this.sockets.end(this.#run);
    this.outcome.end(code, error);
    this.changed();
  }
}

function ownFolder(file: string, source: string): Pick<RunOptions, 'files' | 'programs'> {
  return { files: [{ name: file, bytes: new TextEncoder().encode(source) }], programs: [file] };
}
