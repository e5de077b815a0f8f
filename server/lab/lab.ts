import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabServer, Stats } from '../../protocol/messages.ts';
import type { Port } from '../../protocol/units.ts';
import type { LabContext } from './lab-context.ts';
import type { LabProgram } from './lab-program.ts';
import { LabTcpServer } from './lab-tcp-server.ts';
import { rawEcho } from './raw-echo.ts';
import { threadedEcho } from './threaded-echo.ts';
import { timestampEcho } from './timestamp-echo.ts';

const PROGRAMS: readonly LabProgram[] = [timestampEcho, threadedEcho, rawEcho];

export type LabOptions = Pick<LabContext, 'tap' | 'queues' | 'clock'> & {
  /** A literal IPv4 address; loopback unless said otherwise. */
  readonly host?: string;
  /** 0: every server takes a free port. Otherwise its own, and a free one where that is in use. */
  readonly ports?: 'preferred' | 0;
  readonly today?: () => Date;
  readonly print?: (server: string, line: string) => void;
};

/** The servers that learners talk to. */
export type Lab = {
  readonly servers: readonly LabServer[];
  /** How many each serves, has accepted, and keeps waiting. */
  readonly stats: () => Stats['lab'];
  /** Ends every connection and frees every port. */
  readonly close: () => Promise<void>;
};

/** Starts all servers of the lab. @throws {Error} if one cannot listen even on a free port: then none is left running. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { tap, queues, clock, host = '127.0.0.1', ports = 'preferred' } = options;
  const context: LabContext = {
    tap,
    queues,
    clock,
    today: options.today ?? (() => new Date()),
    print: options.print ?? (() => undefined),
  };
  const directory = await mkdtemp(join(tmpdir(), 'socket-playground-'));
  const portOf = (preferred: Port): Port => (ports === 0 ? 0 : preferred);
  const running: LabTcpServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.close()));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    for (const program of PROGRAMS) {
      const where = { host, port: portOf(program.preferredPort), directory };
      running.push(await LabTcpServer.open(program, context, where));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    servers: running.map((server) => server.description),
    stats: () => running.map((server) => server.stats()),
    close,
  };
}
