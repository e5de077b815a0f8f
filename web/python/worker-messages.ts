import type { Endpoint } from '../../protocol/messages.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { PythonCall, PythonCallName } from './call-log.ts';
import type { PythonUrls } from './python-files.ts';

/** Where a program stands still: the line, the call, and since when (ms on the clock of `performance.timeOrigin`). */
export type BlockedAt = { readonly line: number; readonly call: PythonCallName; readonly since: Milliseconds };

/** What ended a program: the line of it, 0 where there is none. */
export type ProgramError = { readonly line: number; readonly type: string; readonly message: string };

export type Output = { readonly fd: 1 | 2; readonly text: string };

export type ToWorker =
  /** First of all: where Pyodide's files and the gateway are; `slice` is for stress tests alone. */
  | { readonly type: 'boot'; readonly urls: PythonUrls; readonly slice?: Milliseconds }
  | { readonly type: 'run'; readonly filename: string; readonly source: string }
  | { readonly type: 'input'; readonly text: string }
  | { readonly type: 'eof' }
  /** Ctrl+C. */
  | { readonly type: 'interrupt' }
  /** Leave to dial the gateway, once; without it: not now. */
  | { readonly type: 'ticket'; readonly ticket?: string };

export type FromWorker =
  | { readonly type: 'ready'; readonly version: string; readonly took: Milliseconds }
  | { readonly type: 'output'; readonly output: readonly Output[] }
  /** `sockets`: how many the program has open after them. */
  | { readonly type: 'calls'; readonly calls: readonly PythonCall[]; readonly sockets: number }
  /** Every thread that waits now, the main one first. */
  | { readonly type: 'blocked'; readonly blocked: readonly BlockedAt[] }
  | { readonly type: 'exit'; readonly code: number; readonly error: ProgramError | undefined }
  /** After `exit`: nothing that the program sent waits any more. */
  | { readonly type: 'settled' }
  /** The interpreter itself broke: the worker is of no more use. */
  | { readonly type: 'died'; readonly message: string }
  /** Wants to dial the gateway. `isAnew`: what it had there is lost. */
  | { readonly type: 'ticket'; readonly isAnew: boolean }
  /** Programs outside the tab reach the port that was asked for under another number. */
  | { readonly type: 'standIn'; readonly asked: Endpoint; readonly outside: Endpoint };
