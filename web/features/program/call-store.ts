import type { PythonCall } from '../../python/call-log.ts';
import { Observable } from '../../store/observable.ts';

export type ProgramCall = PythonCall & { readonly file: string };

/** What the ladder shows at the most; older ones are dropped, and a line says so. */
export const CALLS_MAX = 20_000;
const CALLS_DROPPED = 5_000;

/** The calls of all programs of the page, on one clock. */
export class CallStore extends Observable {
  #calls: ProgramCall[] = [];
  #dropped = 0;
  readonly #listening = new Set<string>();

  /** In the order of their times. */
  get calls(): readonly ProgramCall[] {
    return this.#calls;
  }
  get dropped(): number {
    return this.#dropped;
  }
  /** The program has called listen, or bound a datagram socket, since it was forgotten. */
  isListening(file: string): boolean {
    return this.#listening.has(file);
  }
  forget(file: string): void {
    this.#listening.delete(file);
  }

  add(file: string, calls: readonly PythonCall[]): void {
    for (const call of calls) {
      this.#insert({ ...call, file });
      if (call.call === 'listen' && !call.error) this.#listening.add(file);
    }
    if (this.#calls.length > CALLS_MAX) {
      this.#calls = this.#calls.slice(CALLS_DROPPED);
      this.#dropped += CALLS_DROPPED;
    }
    this.changed();
  }
  clear(): void {
    this.#calls = [];
    this.#dropped = 0;
    this.#listening.clear();
    this.changed();
  }

  /** Two programs report in lumps: what is late belongs a little before the end. */
  #insert(call: ProgramCall): void {
    let at = this.#calls.length;
    while (at > 0 && (this.#calls[at - 1] as ProgramCall).at > call.at) at -= 1;
    this.#calls.splice(at, 0, call);
  }
}
