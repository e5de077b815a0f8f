import { Observable } from '../../../trace/observable.ts';
import { readStored, writeStored } from '../../platform/stored.ts';
import { fetchPythonFiles, PYTHON_BUILD } from '../../python/python-files.ts';
import type { Program } from './program.ts';

export type Loading =
  | { readonly phase: 'fetching'; readonly part: number }
  | { readonly phase: 'ready' }
  | { readonly phase: 'failed'; readonly reason: string };

const FETCHED = 'python-fetched';

/** Python on its way to the page: on the first visit its files are fetched, then each program's process is started. */
export class PythonLoading extends Observable {
  readonly #base: string;
  #state: Loading = { phase: 'fetching', part: 0 };

  constructor(base: string) {
    super();
    this.#base = base;
  }

  get state(): Loading {
    return this.#state;
  }

  /** Errors are told in `state`. `programs`: of the page, once the files are there. */
  async load(programs: () => readonly Program[]): Promise<void> {
    if (this.#state.phase === 'ready') return;
    try {
      if (readStored('browser', FETCHED) !== PYTHON_BUILD) {
        await fetchPythonFiles(this.#base, (part) => this.#set({ phase: 'fetching', part }));
        writeStored('browser', FETCHED, PYTHON_BUILD);
      }
      this.#set({ phase: 'ready' });
      for (const program of programs()) await prepared(program);
    } catch (error) {
      this.#set({ phase: 'failed', reason: String(error) });
    }
  }

  #set(state: Loading): void {
    this.#state = state;
    this.changed();
  }
}

/** One after the other: the first is ready sooner than both at once would be. */
function prepared(program: Program): Promise<void> {
  program.prepare();
  return new Promise<void>((resolve) => {
    const unsubscribe = program.subscribe(() => {
      if (!program.isPythonReady && !program.outcome.error) return;
      unsubscribe();
      resolve();
    });
  });
}
