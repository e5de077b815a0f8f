import type { ProgramError } from '../../python/worker-messages.ts';
import { lineNow } from './line-now.ts';

/** A shell's 128 + SIGINT. */
export const INTERRUPTED_CODE = 130;

/** What a program's last run ran, and what ended it. */
export class RunOutcome {
  #error: ProgramError | undefined;
  #raised: ProgramError | undefined;
  #exitCode: number | undefined;
  #isInterrupted = false;
  #source = '';

  /** What ended the run. */
  get error(): ProgramError | undefined {
    return this.#error;
  }
  get exitCode(): number | undefined {
    return this.#exitCode;
  }
  /** Whether the person ended the run: KeyboardInterrupt is no fault of the program then. */
  get isStopped(): boolean {
    return this.#isInterrupted && this.#exitCode === INTERRUPTED_CODE;
  }

  /** Whether the text is still what the run ran: its line numbers hold. */
  isOf(source: string): boolean {
    return this.#source === source;
  }
  /** What ended the run or one of its threads, at the line where that stands in `source`; none where the line was changed. */
  faultIn(source: string): ProgramError | undefined {
    const fault = this.#error ?? this.#raised;
    if (!fault || fault.line === 0) return fault;
    const line = lineNow(this.#source, source, fault.line);
    return line === undefined ? undefined : { ...fault, line };
  }

  /** Nothing has run. */
  clear(): void {
    this.#error = undefined;
    this.#raised = undefined;
    this.#exitCode = undefined;
  }
  begin(source: string): void {
    this.clear();
    this.#isInterrupted = false;
    this.#source = source;
  }
  /** The person has sent KeyboardInterrupt, or has ended the process. */
  interrupt(): void {
    this.#isInterrupted = true;
  }
  /** An exception has ended a thread. */
  raise(error: ProgramError): void {
    this.#raised = error;
  }
  /** `error`: what ended the program, if an exception did. */
  end(exitCode: number, error?: ProgramError): void {
    const isStop = this.#isInterrupted && error?.type === 'KeyboardInterrupt';
    if (error) this.#error = isStop ? undefined : error;
    this.#exitCode = exitCode;
  }
  /** Python itself could not be loaded. */
  fail(error: ProgramError): void {
    this.#error = error;
  }
}
