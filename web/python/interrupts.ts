import type { Milliseconds } from '../../protocol/units.ts';
import type { PyodideInternals } from './pyodide-internals.ts';

/** Long-running code lets others run, and messages in, after this long without a wait of its own. */
const SLICE: Milliseconds = 50;
/** Refused by the program's state (shim/switching.py): asked again so much later. */
const RETRY: Milliseconds = 5;
/** shim/switching.py's TICK. */
const TICK_SIGNAL = 60;
/** PY_EMSCRIPTEN_SIGNAL_INTERVAL of CPython: checks of the evaluation loop between two looks at the buffer. */
const CHECKS_RESET = 50;

/**
 * Raises TICK in code that runs long. CPython asks element 0 of the interrupt buffer for a signal; a getter there needs no
 * SharedArrayBuffer, so no secure context.
 *
 * CPython asks from two places: its evaluation loop, every 50 checks, its counter just set back; and from inside functions of C
 * (PyErr_CheckSignals), which may own a lock of C. A switch is safe in the first alone.
 */
export class Interrupts {
  readonly #internals: PyodideInternals;
  readonly #slice: Milliseconds;
  #switchedAt: Milliseconds = 0;

  constructor(internals: PyodideInternals, slice: Milliseconds = SLICE) {
    this.#internals = internals;
    this.#slice = slice;
  }

  /** A thread has just been given its turn. */
  switched(): void {
    this.#switchedAt = performance.now();
  }

  /** What `setInterruptBuffer` takes: CPython reads element 0 and then writes 0 to it. */
  buffer(): { 0: number } {
    const next = () => this.#next();
    return {
      get 0() {
        return next();
      },
      set 0(_taken: number) {},
    };
  }

  #next(): number {
    const { checksLeft } = this.#internals;
    if (checksLeft !== CHECKS_RESET) return 0;
    // Not 50 again: so that a look from inside C is told from this one.
    this.#internals.checksLeft = CHECKS_RESET - 1;
    const now = performance.now();
    if (now - this.#switchedAt < this.#slice) return 0;
    this.#switchedAt = now - this.#slice + RETRY;
    return TICK_SIGNAL;
  }
}
