import type { ByteCount } from '../../protocol/units.ts';

/** What of Emscripten's module we use: none of it is a public interface, hence the pinned version and the checks below. */
export type EmscriptenModule = {
  HEAPU8: Uint8Array<ArrayBuffer>;
  HEAP32: Int32Array;
  SOCKFS: { pollAsync?: (fds: number, count: number, timeout: number) => Promise<number> | null };
  stackSave: () => number;
  _PyThreadState_Get: () => number;
  _PyUnstable_ThreadState_SetStackProtection: (state: number, start: number, size: number) => number;
  __Py_emscripten_signal_clock: number;
};

/** Where PyThreadState has current_frame on wasm32, in CPython 3.14's headers as Pyodide 314.0 builds them. */
const CURRENT_FRAME_OFFSET = 52;
/**
 * Room for C's part of a green thread's stack. The JavaScript engine's own stack ends before the one in wasm memory does:
 * with this, deep recursion of C ends in RecursionError and not in the engine's.
 */
const STACK_BYTES = 96 * 1024;

type SuspendState = { readonly threadState: number };
type SuspendImports = {
  saveState?: () => SuspendState;
  restoreState?: (state: SuspendState) => void;
};

/** Bytes objects are filled and read where they are: two numbers cost less than a proxy for an array. */
export type PythonMemory = {
  readonly read: (address: number, count: ByteCount) => Uint8Array<ArrayBuffer>;
  readonly write: (address: number, bytes: Uint8Array) => void;
};

/** The few words of CPython's memory that green threads need. */
export class PyodideInternals implements PythonMemory {
  readonly #module: EmscriptenModule;

  constructor(module: EmscriptenModule) {
    this.#module = module;
  }

  /** A copy. */
  read(address: number, count: ByteCount): Uint8Array<ArrayBuffer> {
    return this.#module.HEAPU8.slice(address, address + count);
  }
  write(address: number, bytes: Uint8Array): void {
    this.#module.HEAPU8.set(bytes, address);
  }

  /** Hooks poll(2) with no descriptors: its timeout is a waiter's number. */
  hookPoll(isWaiter: (id: number) => boolean, wait: (id: number) => Promise<void>): void {
    const { SOCKFS } = this.#module;
    const original = SOCKFS.pollAsync?.bind(SOCKFS);
    SOCKFS.pollAsync = (fds, count, timeout) => {
      if (count === 0 && isWaiter(timeout)) return wait(timeout).then(() => 0);
      return original?.(fds, count, timeout) ?? null;
    };
  }

  /** The thread state that runs now gets its stack's limits, measured from here. */
  protectStack(): void {
    const top = this.#module.stackSave();
    const state = this.#module._PyThreadState_Get();
    this.#module._PyUnstable_ThreadState_SetStackProtection(state, top - STACK_BYTES, STACK_BYTES);
  }

  /** Checks of the evaluation loop until CPython next looks for a signal. */
  get checksLeft(): number {
    return this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] ?? 0;
  }
  set checksLeft(count: number) {
    this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = count;
  }
}

/**
 * CPython's incremental collector walks the frames of every thread state, also those of suspended stacks, whose entry frames
 * have been moved away: it reads garbage (Pyodide issue 6464). As Pyodide's own fix does (6466, after 314.0.7), a suspended
 * thread state shows no frame. Call before Pyodide is loaded; `memory` gives the module once there is one.
 */
export function hideSuspendedFrames(memory: () => Int32Array | undefined): void {
  const wrap = (imports: WebAssembly.Imports | undefined) => {
    const environment = imports?.['env'] as SuspendImports | undefined;
    if (environment?.saveState && environment.restoreState) wrapSuspension(environment, memory);
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.instantiate = ((source: BufferSource, imports?: WebAssembly.Imports) => {
    wrap(imports);
    return instantiate(source, imports);
  }) as typeof WebAssembly.instantiate;
  WebAssembly.instantiateStreaming = (source, imports) => {
    wrap(imports);
    return instantiateStreaming(source, imports);
  };
}

function wrapSuspension(environment: SuspendImports, memory: () => Int32Array | undefined): void {
  const { saveState, restoreState } = environment;
  if (!saveState || !restoreState) return;
  const hidden = new WeakMap<SuspendState, number>();
  environment.saveState = () => {
    const state = saveState();
    const words = memory();
    if (words && typeof state?.threadState === 'number') {
      const at = (state.threadState + CURRENT_FRAME_OFFSET) >> 2;
      hidden.set(state, words[at] ?? 0);
      words[at] = 0;
    }
    return state;
  };
  environment.restoreState = (state) => {
    restoreState(state);
    const frame = hidden.get(state);
    const words = memory();
    if (words && frame !== undefined) words[(state.threadState + CURRENT_FRAME_OFFSET) >> 2] = frame;
  };
}
