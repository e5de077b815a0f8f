import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';

/** The calls by number, in the order of shim/calls.py. */
export const CALL_SITES = [
  'socket',
  'bind',
  'listen',
  'accept',
  'connect',
  'send',
  'recv',
  'sendto',
  'recvfrom',
  'shutdown',
  'close',
  'setsockopt',
  'getsockopt',
  'getaddrinfo',
  'select',
  'sleep',
  'acquire',
  'join',
  'input',
  'detach',
] as const;
export type PythonCallName = (typeof CALL_SITES)[number];

/** A place in the program as one integer: `line * 32 + number of the call`. */
export function siteOf(site: number): { readonly line: number; readonly call: PythonCallName } {
  return { line: site >>> 5, call: CALL_SITES[site & 31] as PythonCallName };
}

/** One call of a Python program that has returned. */
export type PythonCall = {
  readonly line: number;
  readonly call: PythonCallName;
  /** When it returned, ms on the clock of `performance.timeOrigin`. */
  readonly at: Milliseconds;
  /** What it was made on, counted through the process; 0: no socket. */
  readonly socket: number;
  /** The number in the call's brackets: recv(1024), listen(5). */
  readonly argument: number | undefined;
  /** Bytes moved, and where in the socket's stream of that direction they stand. */
  readonly count: ByteCount;
  readonly offset: ByteCount;
  /** An address as `127.0.0.1:8009`, or an option; empty where there is none. */
  readonly text: string;
  readonly error: SocketErrorCode | undefined;
  /** The first bytes moved. */
  readonly preview: Uint8Array<ArrayBuffer> | undefined;
  /** The connection's two ends, once it has them: what joins the calls of two programs. */
  readonly local: string;
  readonly remote: string;
};

/** Gathers calls until the next frame takes them. */
export class CallLog {
  #calls: PythonCall[] = [];
  readonly #onFirst: () => void;

  /** `onFirst` runs when there is something to take again. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  add(call: PythonCall): void {
    if (this.#calls.length === 0) this.#onFirst();
    this.#calls.push(call);
  }
  /** What was gathered, its previews in one buffer: a message is copied, and many small buffers are dear to copy. */
  take(): PythonCall[] {
    const calls = this.#calls;
    this.#calls = [];
    const previews = new Uint8Array(calls.reduce((sum, { preview }) => sum + (preview?.length ?? 0), 0));
    let filled = 0;
    return calls.map((call) => {
      if (!call.preview) return call;
      const start = filled;
      previews.set(call.preview, start);
      filled += call.preview.length;
      return { ...call, preview: previews.subarray(start, filled) };
    });
  }
}
