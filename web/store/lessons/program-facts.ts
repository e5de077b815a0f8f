import type { FactLog, ProgramFacts, RunFacts } from '../../../lesson/facts.ts';
import type { Program } from '../programs/program.ts';

type Failure = NonNullable<RunFacts['error']>;

/** A run that goes on says at each look how it stands now. */
class Run implements RunFacts {
  readonly firstLine: number;
  readonly #program: Program;
  #outcome: Pick<RunFacts, 'exit' | 'error'> | undefined;

  constructor(program: Program) {
    this.#program = program;
    this.firstLine = program.printed.dropped + program.printed.length();
  }
  get isRunning(): boolean {
    return this.#outcome === undefined;
  }
  get exit(): number | undefined {
    return this.#outcome?.exit;
  }
  get error(): Failure | undefined {
    return this.#outcome?.error;
  }
  get blocked(): RunFacts['blocked'] {
    return this.isRunning ? this.#program.blocked : [];
  }
  end(): void {
    const { exitCode: exit, error, isStopped } = this.#program.outcome;
    // The page shows no error where the person pressed Stop, yet that is what ended it.
    const stopped: Failure | undefined = isStopped ? { type: 'KeyboardInterrupt', message: '', line: 0 } : undefined;
    this.#outcome = { exit, error: error ?? stopped };
  }
}

/** The runs of a program of the page since its lesson began to look. */
export class ProgramFeed implements ProgramFacts {
  readonly file: string;
  readonly program: Program;
  readonly #runs: Run[] = [];
  readonly #stop: () => void;

  constructor(program: Program) {
    this.program = program;
    this.file = program.file;
    this.#look();
    this.#stop = program.subscribe(() => this.#look());
  }
  get runs(): readonly RunFacts[] {
    return this.#runs;
  }
  get lines(): FactLog<string> {
    return this.program.printed;
  }
  stop(): void {
    this.#stop();
  }

  /** A program tells of each beginning and each end at once, so that none is missed. */
  #look(): void {
    const { isRunning } = this.program;
    const last = this.#runs.at(-1);
    const isGoingOn = last?.isRunning === true;
    if (isRunning && !isGoingOn) this.#runs.push(new Run(this.program));
    if (!isRunning && isGoingOn) last.end();
  }
}
