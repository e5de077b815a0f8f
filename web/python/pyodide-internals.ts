import type { ByteCount } from '../../protocol/units.ts';

/** What of Emscripten's module we use: none of it is a public interface, hence the pinned version and the checks below. */
export type EmscriptenModule = {
  HEAPU8: Uint8Array<ArrayBuffer>;
  HEAP32: Int32Array;
  FS: {
    streams: (FileStream | null | undefined)[];
    createStream: (stream: object, fd: number) => FileStream;
    closeStream: (fd: number) => void;
  };
  SOCKFS: { pollAsync?: (fds: number, count: number, timeout: number) => Promise<number> | null };
  stackSave: () => number;
  _PyThreadState_Get: () => number;
  _PyUnstable_ThreadState_SetStackProtection: (state: number, start: number, size: number) => number;
  __Py_emscripten_signal_clock: number;
};

type FileStream = { readonly fd: number };
/** struct stat of a socket: S_IFSOCK, and all permissions. */
const SOCKET_MODE = 0o140_777;
const EPOCH = new Date(0);

/** Where PyThreadState has current_frame on wasm32, in CPython 3.14's headers as Pyodide 314.0 builds them. */
const CURRENT_FRAME_OFFSET = 52;
/**
 * Room for C's part of a green thread's stack. The JavaScript engine's own stack ends before the one in wasm memory does:
 * with this, deep recursion of C ends in RecursionError and not in the engine's.
 */
const STACK_BYTES = 96 * 1024;

type SuspendState = { readonly threadState: number };
type MemoryImports = { emscripten_resize_heap?: (bytes: number) => number };
type SuspendImports = {
  saveState?: () => SuspendState;
  restoreState?: (state: SuspendState) => void;
};

/** Bytes objects are filled and read where they are: two numbers cost less than a proxy for an array. */
export type PythonMemory = {
  readonly read: (address: number, count: ByteCount) => Uint8Array<ArrayBuffer>;
  readonly write: (address: number, bytes: Uint8Array) => void;
};

/** Files and sockets of a process are numbered together. */
export type Numbers = {
  readonly isFree: (fd: number) => boolean;
  /** No file is given this number. */
  readonly take: (fd: number) => void;
  readonly release: (fd: number) => void;
};

/** The few words of CPython's memory that green threads need, and the numbers that files have. */
export class PyodideInternals implements PythonMemory, Numbers {
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

  isFree(fd: number): boolean {
    return !this.#module.FS.streams[fd];
  }
  take(fd: number): void {
    const getattr = () => ({
      dev: 8,
      ino: fd,
      mode: SOCKET_MODE,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: 0,
      atime: EPOCH,
      mtime: EPOCH,
      ctime: EPOCH,
      blksize: 4_096,
      blocks: 0,
    });
    // O_RDWR; reading and writing is Python's (shim/files.py).
    const stream = { node: { mode: SOCKET_MODE }, path: `socket:[${fd}]`, flags: 2, stream_ops: { getattr } };
    this.#module.FS.createStream(stream, fd);
  }
  release(fd: number): void {
    this.#module.FS.closeStream(fd);
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

/** What a program may have of the machine's memory: more makes MemoryError, as `ulimit -v` does. */
const MEMORY_MAX: ByteCount = 512 * 1024 * 1024;

/**
 * Changes what Python's WebAssembly is given by JavaScript. Call before Pyodide is loaded; `memory` gives the module once there is
 * one.
 */
export function prepareWebAssembly(memory: () => Int32Array | undefined): void {
  const wrap = (imports: WebAssembly.Imports | undefined) => {
    const environment = imports?.['env'] as (SuspendImports & MemoryImports) | undefined;
    if (environment?.saveState && environment.restoreState) hideSuspendedFrames(environment, memory);
    if (environment?.emscripten_resize_heap) limitMemory(environment);
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

/** The heap grows by the call of malloc's: 0 is "no more". */
function limitMemory(environment: MemoryImports): void {
  const { emscripten_resize_heap: resize } = environment;
  environment.emscripten_resize_heap = (bytes) => (bytes >>> 0 > MEMORY_MAX ? 0 : (resize?.(bytes) ?? 0));
}

/**
 * CPython's incremental collector walks the frames of every thread state, also those of suspended stacks, whose entry frames
 * have been moved away: it reads garbage (Pyodide issue 6464). As Pyodide's own fix does (6466, after 314.0.7), a suspended
 * thread state shows no frame.
 */
function hideSuspendedFrames(environment: SuspendImports, memory: () => Int32Array | undefined): void {
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
