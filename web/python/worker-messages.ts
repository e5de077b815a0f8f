import type { Ticket } from '../../client/identity.ts';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Trouble } from '../../protocol/messages/options.ts';
import type { Microseconds, Milliseconds } from '../../protocol/units.ts';
import type { PythonCallName } from './call-sites.ts';
import type { FileChange, FolderFile } from './folder-files.ts';
import type { ProcessLook } from './process-look.ts';
import type { PythonUrls } from './python-files.ts';
import type { SocketReport } from './sockets/socket-log.ts';

/** Where a program stands still: the line, the call, and since when (ms on the clock of `performance.timeOrigin`). */
export type BlockedAt = {
  readonly line: number;
  readonly call: PythonCallName;
  readonly since: Milliseconds;
  /** Undefined: the main one. */
  readonly thread?: string | undefined;
};

/** What ended a program, or one of its threads: the line of it, 0 where there is none. `thread` is not the main one. */
export type ProgramError = {
  readonly line: number;
  readonly type: string;
  readonly message: string;
  readonly thread?: string;
};

/** What the process's sockets went through since the last report. */
export type SocketsReport = {
  readonly reports: readonly SocketReport[];
  /** How many the program has open now. */
  readonly open: number;
  /** `server`: times are of the server's clock. `tab`: the gateway was never reached, they are µs since 1970 by the tab's. */
  readonly clock: 'server' | 'tab';
  /** How wrong a time can be that the worker took; undefined while it is not known. */
  readonly bound: Microseconds | undefined;
};

/** What came of a text typed to a running program; `isThere` false: the thread went on meanwhile. */
export type ConsoleAnswer = { readonly isThere: boolean; readonly text: string; readonly isError: boolean };

export type Output = { readonly fd: 1 | 2; readonly text: string };

export type Pace = 'pause' | 'next' | 'resume';

/** What is run, and where. */
export type RunOptions = {
  readonly filename: string;
  readonly source: string;
  /** What follows the program's name on its command line, as a shell takes it apart. */
  readonly args: string;
  /** The folder that it runs in, with the texts of all programs; `programs` are the names of these. */
  readonly files: readonly FolderFile[];
  readonly programs: readonly string[];
};

export type ToWorker =
  /** First of all: where Pyodide's files and the gateway are; `slice` is for stress tests alone. */
  | { readonly type: 'boot'; readonly urls: PythonUrls; readonly slice?: Milliseconds }
  /** `node`: where the page's session is, as far as that is known. */
  | ({ readonly type: 'run'; readonly node: string | undefined } & RunOptions)
  /** A file of the folder was changed by another process, or by the person. */
  | { readonly type: 'file'; readonly change: FileChange }
  | { readonly type: 'input'; readonly text: string }
  | { readonly type: 'eof' }
  /** What the proxies do that stand before what it connects to from now on; none are put there without it. */
  | { readonly type: 'trouble'; readonly trouble: Trouble | undefined }
  /** Runs in the frame of a thread that stands or waits; `evaluated` of the same number answers. */
  | { readonly type: 'evaluate'; readonly id: number; readonly ident: number; readonly text: string }
  /** Each thread stands before its next socket call; one of them goes on to the one after; all go on. */
  | { readonly type: 'pace'; readonly pace: Pace }
  /** Ctrl+C. */
  | { readonly type: 'interrupt' }
  /** Leave to dial the gateway, once; without it: not now. */
  | { readonly type: 'ticket'; readonly ticket?: Ticket };

export type FromWorker =
  | { readonly type: 'ready'; readonly version: string; readonly took: Milliseconds }
  | { readonly type: 'output'; readonly output: readonly Output[] }
  /** Whether the terminal shows what is typed from now on: getpass turns it off. */
  | { readonly type: 'echo'; readonly isOn: boolean }
  | ({ readonly type: 'sockets' } & SocketsReport)
  /** The program has changed a file of the folder. */
  | { readonly type: 'file'; readonly change: FileChange }
  /** Every thread that waits now, the main one first. */
  | { readonly type: 'blocked'; readonly blocked: readonly BlockedAt[] }
  /** A thread, a handler or a task ended with an exception; the program goes on. */
  | { readonly type: 'raised'; readonly error: ProgramError }
  /** While it stands between calls: each time that something of it has changed. */
  | { readonly type: 'look'; readonly look: ProcessLook }
  | { readonly type: 'evaluated'; readonly id: number; readonly answer: ConsoleAnswer }
  | { readonly type: 'exit'; readonly code: number; readonly error: ProgramError | undefined }
  /** After `exit`: nothing that the program sent waits any more. */
  | { readonly type: 'settled' }
  /** The interpreter itself broke: the worker is of no more use. */
  | { readonly type: 'died'; readonly message: string }
  /** Wants to dial the gateway. `isNewSession`: what it had there is lost. */
  | { readonly type: 'ticket'; readonly isNewSession: boolean }
  /** Programs outside the tab reach the port that was asked for under another number. */
  | { readonly type: 'standIn'; readonly asked: Endpoint; readonly outside: Endpoint };
