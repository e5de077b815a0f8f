import type { GatewayClient } from '../../../client/gateway-client.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { TimeLine } from '../../../trace/time-line.ts';
import type { FileChange } from '../../python/folder-files.ts';
import type { PythonUrls } from '../../python/python-files.ts';
import type { RunOptions } from '../../python/worker-messages.ts';

/** What the page says in a terminal, in the person's language. */
export type ProgramNotes = {
  readonly ended: (code: number, took: Milliseconds) => string;
  readonly killed: string;
  readonly died: string;
  readonly standIn: (asked: string, outside: string) => string;
  /** What the nth set of the person's own programs is called at first. */
  readonly own: (nth: number) => string;
};

export type ProgramOptions = {
  readonly file: string;
  readonly source: string;
  readonly args?: string;
  /** Lines of input that came with it: see ProgramKeyboard. */
  readonly input?: readonly string[];
  /** The folder that each of its processes begins with, and the names of the programs in it; without it there is its own text alone. */
  readonly folder?: () => Pick<RunOptions, 'files' | 'programs'>;
  /** Its process has changed a file. */
  readonly onFile?: (change: FileChange) => void;
  readonly client: GatewayClient;
  readonly urls: PythonUrls;
  /** The page's line of time. */
  readonly line: TimeLine;
};
