/** What a test expected of a socket and did not get. Its stack begins at the line that asked. */
export class SocketExpectationError extends Error {
  override readonly name = 'SocketExpectationError';
}

/** Where a test called one of the kit's methods. */
export type CallSite = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};
/** What runs each expectation; Playwright's shows it as a step of the test. */
export type Step = <T>(title: string, site: CallSite | undefined, run: () => Promise<T>) => Promise<T>;
export const runAtOnce: Step = (_title, _site, run) => run();

/** One call of the kit by a test: to be made before anything is awaited, while the test's line is on the stack. */
export class Call {
  readonly #stack: string;

  /** `method`: what the test called. */
  constructor(method: (...args: never[]) => unknown) {
    const at: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 30;
    Error.captureStackTrace(at, method);
    Error.stackTraceLimit = limit;
    this.#stack = (at.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n');
  }
  get site(): CallSite | undefined {
    const [, path = '', line, column] =
      /^\s+at (?:.*\()?(?:async )?((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/m.exec(this.#stack) ?? [];
    if (path === '') return undefined;
    const file = path.startsWith('file://') ? decodeURIComponent(new URL(path).pathname) : path;
    return { file, line: Number(line), column: Number(column) };
  }
  error(message: string, cause?: unknown): SocketExpectationError {
    const error = new SocketExpectationError(message, cause === undefined ? {} : { cause });
    error.stack = `${error.name}: ${message}\n${this.#stack}`;
    return error;
  }
}
