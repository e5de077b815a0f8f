/** What becomes of an error that a callback threw: a browser's `reportError`, or an equivalent of it. */
export type ReportError = (error: unknown) => void;

/** Runs the callbacks that the application gave: what one of them throws is reported, and ends nothing. */
export class Callbacks {
  readonly #report: ReportError;

  constructor(report: ReportError = reportToHost) {
    this.#report = report;
  }

  /** Returns what the callback returned; undefined where there is none, or where it threw. */
  run<Arguments extends unknown[], Result>(
    owner: object,
    callback: ((...args: Arguments) => Result) | undefined,
    ...args: Arguments
  ): Result | undefined {
    if (!callback) return undefined;
    try {
      return callback.apply(owner, args);
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  /** A report that fails has nobody left to be told to. */
  #tell(error: unknown): void {
    try {
      this.#report(error);
    } catch {}
  }
}

/** Node has no `reportError`; its console is where a program is looked at. */
function reportToHost(error: unknown): void {
  const { reportError, console } = globalThis as {
    reportError?: ReportError;
    console?: { readonly error: (text: string, error: unknown) => void };
  };
  if (reportError) reportError(error);
  else console?.error('A callback of the gateway client threw:', error);
}
