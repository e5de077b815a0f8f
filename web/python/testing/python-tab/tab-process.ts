/** What a page without a surface lets a script outside do: Python processes as the Program page runs them. */
export type PythonTab = {
  /** Starts one; what becomes of it comes to `pythonNews`. `slice` in ms: how soon a thread that does not wait is switched. */
  readonly start: (source: string, slice: number | undefined) => number;
  /** Ctrl+C. */
  readonly interrupt: (id: number) => void;
  readonly kill: (id: number) => void;
};

/** One call of the function that the script puts on the page before it loads. */
export type PythonNews =
  | { readonly id: number; readonly on: 'output'; readonly fd: 1 | 2; readonly text: string }
  | { readonly id: number; readonly on: 'exit'; readonly code: number }
  /** The interpreter itself broke. */
  | { readonly id: number; readonly on: 'died'; readonly text: string };
